import type { CallExpression, Expression, Reference } from '../../extract/service/expression';
import type { FunctionFacts, WiringCall } from '../../extract/service/service-facts';
import { stageKey } from '../../algorithms/read-memo';
import type { DefinitionIndex } from './definition-index';
import { findEscaped } from './find-escaped';
import { isTest } from './is-test';
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
const OVERRIDES =
  /^(__init__|__call__|add_api_route|add_route|include_router|api_route|mount|get|post|put|patch|delete|websocket|add_api_websocket_route)$/;

/** Links the wiring of all files: who owns which route, and who includes whom. Names that are not provable stay undefined. */
export function buildServiceModel(index: DefinitionIndex): ServiceModel {
  const { memo } = index;
  const owners = memo.keepList('owners', index.ofFiles(OWNERS, (path) => ownersIn(path, index)).flat());
  const files = index.ofFiles(WIRING, (path) => new WiringReader(path, index).read());
  const listed = <Item>(name: string, read: (file: FileWiring) => readonly Item[]): readonly Item[] =>
    memo.keepList(name, files.flatMap(read));
  const routes = listed('routes', (file) => file.routes);
  const inclusions = listed('inclusions', (file) => file.inclusions);
  const mounts = listed('mounts', (file) => file.mounts);
  const escaped = memo.keepList('escaped', findEscaped(index, owners));
  const hasDynamicLookup = files.some((file) => file.hasDynamicLookup);
  return memo.derive('model', [owners, routes, inclusions, mounts, escaped, hasDynamicLookup], () => ({
    owners: new Map(owners.map((owner) => [owner.id, owner])),
    routes,
    inclusions,
    mounts,
    routesOf: groupBy(routes, ({ owner }) => owner),
    inclusionsOf: groupBy(inclusions, ({ parent }) => parent),
    inclusionsInto: groupBy(inclusions, ({ child }) => child),
    escaped: new Set(escaped),
    hasDynamicLookup,
  }));
}

/** Stages of the model, by file. */
const OWNERS = 'owners';
const WIRING = 'wiring';

/**
 * What a stage says of each route, in their order; read again only when something is another that it was read from,
 * the route and its owner among it.
 */
export function ofRoutes<Value>(
  index: DefinitionIndex,
  { routes }: ServiceModel,
  { stage, read }: { readonly stage: string; readonly read: (route: Route) => Value },
): readonly Value[] {
  const byId = index.memo.derive('routes by id', [routes], () => new Map(routes.map((route) => [route.id, route])));
  const ids = index.memo.derive('ids of routes', [routes], () => routes.map(({ id }) => id));
  return index.memo.computeAll(stage, ids, (id) => {
    const route = byId.get(id)!;
    noteRoute(index, route);
    return read(route);
  });
}

/** Tells the memo that what is being computed reads this route and its owner. */
export function noteRoute({ memo }: DefinitionIndex, { path, owner }: Pick<Route, 'path' | 'owner'>): void {
  memo.note(stageKey(WIRING, path));
  if (owner !== undefined) memo.note(stageKey(OWNERS, owner.slice(0, owner.lastIndexOf('#'))));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function ownersIn(path: string, index: DefinitionIndex): readonly RouteOwner[] {
  return (index.project.summaries.get(path)?.service?.assignments ?? []).flatMap(({ variable, name, value, span, place }) => {
    if (value.kind !== 'call') return [];
    const type = ownerType(path, value.callee, index);
    if (type === undefined) return [];
    const prefix = value.hasSplat ? undefined : index.textOf(path, value.keywords['prefix'], '');
    const isCustom = type.isCustom || value.keywords['route_class'] !== undefined || value.hasSplat;
    return [{ id: `${path}#${variable}`, kind: type.kind, path, name, span, place, prefix, call: value, isCustom }];
  });
}

function ownerType(path: string, callee: Expression, index: DefinitionIndex): { kind: 'app' | 'router'; isCustom: boolean } | undefined {
  const name = index.externalName(path, callee);
  if (name !== undefined) return typeNamed([name], false);
  const definition = index.definitionOf(path, callee);
  if (definition?.kind !== 'class') return undefined;
  const { classes, outer, isComplete } = index.ancestryOf(definition.path, definition.definition);
  const overrides = classes.some(({ methods, isDecorated }) => isDecorated || methods.some(({ name: method }) => OVERRIDES.test(method)));
  return typeNamed([...outer], overrides || !isComplete || outer.size > 1);
}

function typeNamed(names: readonly string[], isCustom: boolean): { kind: 'app' | 'router'; isCustom: boolean } | undefined {
  if (names.includes('fastapi.FastAPI')) return { kind: 'app', isCustom };
  return names.includes('fastapi.APIRouter') ? { kind: 'router', isCustom } : undefined;
}

/** What one file wires. */
interface FileWiring {
  readonly routes: readonly Route[];
  readonly inclusions: readonly Inclusion[];
  readonly mounts: readonly Mount[];
  readonly hasDynamicLookup: boolean;
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
    return { routes, inclusions, mounts, hasDynamicLookup: !isTest(path) && service?.hasDynamicLookup !== false };
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
    const owners = this.index.memo.compute(stageKey(OWNERS, target.path), () => ownersIn(target.path, this.index));
    return owners.find(({ id }) => id === `${target.path}#${target.variable}`)?.id;
  }

  private routeParts(
    path: string,
    call: CallExpression,
    method: string,
  ): Pick<Route, 'id' | 'path' | 'methods' | 'template' | 'templateSpan' | 'call' | 'isSocket'> {
    const template = call.positional[0] ?? call.keywords['path'];
    return {
      id: `${path}@${call.span.start}`,
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
