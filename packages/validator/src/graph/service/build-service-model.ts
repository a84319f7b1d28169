import { joinLists } from '../../algorithms/join-lists';
import { keepEqual } from '../../algorithms/keep-equal';
import type { CallExpression, Expression, Reference } from '../../extract/service/expression';
import type { FunctionFacts, WiringCall } from '../../extract/service/service-facts';
import type { DefinitionIndex } from './definition-index';
import { findEscaped } from './find-escaped';
import { changedKeys, regroup, regroupChanged, type Grouped, type Groups } from './groups';
import { isTest } from './is-test';
import { listOwners, OWNERS, ownersAt } from './list-owners';
import { inclusionKey, intoKey, ownerKey, routeKey } from './service-keys';
import type { Inclusion, Mount, Route, RouteOwner, ServiceModel } from './service-model';

const ROUTE_METHODS = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'options',
  'trace',
  'api_route',
  'websocket',
  'websocket_route',
  'route',
]);

/** Links the wiring of all files: who owns which route, and who includes whom. Names that are not provable stay undefined. */
export function buildServiceModel(index: DefinitionIndex): ServiceModel {
  const { memo } = index;
  const owners = memo.keepItems(
    'owners',
    index.itemsOf(OWNERS, (path, before: readonly RouteOwner[] | undefined) => listOwners(path, index, before)),
    ({ id }) => ownerKey(id),
  );
  const files = index.ofFiles('wiring', (path, before: FileWiring | undefined) => keepWiring(before, new WiringReader(path, index).read()));
  const wired = memo.derive('files with wiring', [files], () =>
    memo.keepList(
      'files with wiring',
      files.filter((file) => file !== NO_WIRING),
    ),
  );
  const listed = <Item>(name: string, read: (file: FileWiring) => readonly Item[]): readonly Item[] =>
    memo.derive(`all ${name}`, [wired], () => joinLists(memo.deriveEach(`${name} of files`, wired, read)));
  const routes = memo.keepItems(
    'routes',
    listed('routes', (file) => file.routes),
    ({ id }) => routeKey(id),
  );
  const inclusions = memo.keepItems(
    'inclusions',
    listed('inclusions', (file) => file.inclusions),
    inclusionKey,
  );
  const mounts = memo.keepList(
    'mounts',
    listed('mounts', (file) => file.mounts),
  );
  const escaped = findEscaped(index, owners);
  const hasDynamicLookup = memo.derive('dynamic lookup', [wired], () => wired.some((file) => file.hasDynamicLookup));
  const byId = memo.derive('owners by id', [owners], () => new Map(owners.map((owner) => [owner.id, owner])));
  const { groups: routesOf } = memo.derive<Grouped<Route>>('routes by owner', [routes], (before) =>
    regroupChanged(before, routes, ({ owner }) => owner),
  );
  const included = memo.derive<IncludedRouters>('inclusions by owner', [inclusions], (before) => {
    const into = regroup(before?.into, inclusions, ({ child }) => child);
    memo.forget(changedKeys(before?.into, into).map(intoKey));
    return { of: regroup(before?.of, inclusions, ({ parent }) => parent), into };
  });
  return memo.derive('model', [byId, routesOf, included, mounts, escaped, hasDynamicLookup], () => ({
    owners: byId,
    routes,
    inclusions,
    mounts,
    routesOf,
    inclusionsOf: included.of,
    inclusionsInto: included.into,
    escaped,
    hasDynamicLookup,
  }));
}

interface IncludedRouters {
  readonly of: Groups<Inclusion>;
  readonly into: Groups<Inclusion>;
}

/** What one file wires. */
interface FileWiring {
  readonly routes: readonly Route[];
  readonly inclusions: readonly Inclusion[];
  readonly mounts: readonly Mount[];
  readonly hasDynamicLookup: boolean;
}

const NO_WIRING: FileWiring = { routes: [], inclusions: [], mounts: [], hasDynamicLookup: false };

/** What is wired as before stays the same objects. */
function keepWiring(before: FileWiring | undefined, now: FileWiring): FileWiring {
  if (before === undefined || now === NO_WIRING) return now;
  return {
    ...now,
    routes: keepEqual(before.routes, now.routes, ({ id }) => id),
    inclusions: keepEqual(before.inclusions, now.inclusions, inclusionKey),
  };
}

class WiringReader {
  private readonly routes: Route[] = [];
  private readonly inclusions: Inclusion[] = [];
  private readonly mounts: Mount[] = [];

  constructor(
    private readonly path: string,
    private readonly index: DefinitionIndex,
  ) {}

  read(): FileWiring {
    const { path, routes, inclusions, mounts } = this;
    const service = this.index.project.summaries.get(path)?.service;
    for (const handler of service?.functions ?? []) this.readDecorators(path, handler);
    for (const wiring of service?.wiring ?? []) this.readWiring(path, wiring);
    const hasDynamicLookup = !isTest(path) && service?.hasDynamicLookup !== false;
    const isWired = hasDynamicLookup || routes.length > 0 || inclusions.length > 0 || mounts.length > 0;
    return isWired ? { routes, inclusions, mounts, hasDynamicLookup } : NO_WIRING;
  }

  private readDecorators(path: string, handler: FunctionFacts): void {
    const calls = handler.decorators.map((decorator) => this.routeCall(path, decorator));
    const isWrapped = calls.some((call) => call === undefined);
    for (const call of [...calls].reverse()) {
      if (call === undefined) continue;
      const { expression, owner, method } = call;
      const place = { ...handler.place, offset: expression.span.start };
      this.routes.push({ ...this.routeParts(path, expression, method), owner, place, handler, handlerPath: path, isWrapped });
    }
  }

  private routeCall(path: string, decorator: Expression): { expression: CallExpression; owner: string; method: string } | undefined {
    if (decorator.kind !== 'call' || decorator.callee.kind !== 'reference') return undefined;
    const { reference } = decorator.callee;
    const method = reference.names.at(-1)!;
    if (!ROUTE_METHODS.has(method)) return undefined;
    const owner = this.ownerOf(path, { ...reference, names: reference.names.slice(0, -1) });
    return owner === undefined ? undefined : { expression: decorator, owner, method };
  }

  private ownerOf(path: string, reference: Reference | undefined): string | undefined {
    if (reference === undefined || reference.names.length === 0) return undefined;
    const target = this.index.resolver.resolve(path, reference);
    if (target.kind !== 'variable') return undefined;
    const id = `${target.path}#${target.variable}`;
    return ownersAt(target.path, this.index).some((owner) => owner.id === id) ? id : undefined;
  }

  private routeParts(
    path: string,
    call: CallExpression,
    method: string,
  ): Pick<Route, 'id' | 'path' | 'methods' | 'template' | 'templateSpan' | 'call' | 'isSocket'> {
    const template = call.positional[0] ?? call.keywords['path'];
    return {
      id: `${path}@${this.routes.length}`,
      path,
      call,
      template: this.index.textOf(path, template),
      templateSpan: template?.span ?? call.span,
      isSocket: method.includes('websocket'),
      methods: methodsOf(method, call),
    };
  }

  private readWiring(path: string, wiring: WiringCall): void {
    const parent = this.ownerOf(path, wiring.object);
    const { call, place, method } = wiring;
    if (method === 'include_router') this.include(path, parent, wiring);
    else if (method === 'mount') {
      const template = call.positional[0] ?? call.keywords['path'];
      this.mounts.push({ parent, path, template: this.index.textOf(path, template), place, span: call.span });
    } else if (parent !== undefined) {
      const endpoint = this.index.definitionOf(path, call.positional[1] ?? call.keywords['endpoint']);
      const handler = endpoint?.kind === 'function' ? endpoint.definition : undefined;
      const isWrapped = handler === undefined || handler.decorators.length > 0;
      this.routes.push({
        ...this.routeParts(path, call, method),
        owner: parent,
        place,
        handler,
        handlerPath: endpoint?.path ?? path,
        isWrapped,
      });
    }
  }

  private include(path: string, parent: string | undefined, { call, place }: WiringCall): void {
    const argument = call.positional[0] ?? call.keywords['router'];
    const child = argument?.kind === 'reference' ? this.ownerOf(path, argument.reference) : undefined;
    const prefix = call.hasSplat ? undefined : this.index.textOf(path, call.keywords['prefix'], '');
    this.inclusions.push({ parent, child, path, prefix, call, place });
  }
}

/** Undefined when they are not literals. */
function methodsOf(method: string, call: CallExpression): readonly string[] | undefined {
  if (method === 'websocket' || method.includes('websocket')) return ['WEBSOCKET'];
  if (!/route/.test(method)) return [method.toUpperCase()];
  const listed = call.keywords['methods'];
  if (listed === undefined && !call.hasSplat) return ['GET'];
  if (listed?.kind !== 'sequence') return undefined;
  const texts = listed.items.map((item) => (item.kind === 'text' ? item.value.toUpperCase() : undefined));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
