import type { CallExpression, Expression, Reference } from '../../extract/service/expression';
import type { FunctionFacts, WiringCall } from '../../extract/service/service-facts';
import { DefinitionIndex } from './definition-index';
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
  const owners = new Map<string, RouteOwner>();
  const paths = [...index.project.summaries.keys()].sort();
  for (const path of paths) for (const owner of ownersIn(path, index)) owners.set(owner.id, owner);
  const builder = new ModelBuilder(index, owners);
  for (const path of paths) builder.read(path);
  return {
    owners,
    routes: builder.routes,
    inclusions: builder.inclusions,
    mounts: builder.mounts,
    routesOf: groupBy(builder.routes, ({ owner }) => owner),
    inclusionsOf: groupBy(builder.inclusions, ({ parent }) => parent),
    escaped: findEscaped(index, owners),
    hasDynamicLookup: paths.some((path) => !isTest(path) && index.project.summaries.get(path)!.service?.hasDynamicLookup !== false),
  };
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
  return (index.project.summaries.get(path)!.service?.assignments ?? []).flatMap(({ variable, name, value, span, place }) => {
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

class ModelBuilder {
  readonly routes: Route[] = [];
  readonly inclusions: Inclusion[] = [];
  readonly mounts: Mount[] = [];

  constructor(
    private readonly index: DefinitionIndex,
    private readonly owners: ReadonlyMap<string, RouteOwner>,
  ) {}

  read(path: string): void {
    const service = this.index.project.summaries.get(path)!.service;
    for (const handler of service?.functions ?? []) this.readDecorators(path, handler);
    for (const wiring of service?.wiring ?? []) this.readWiring(path, wiring);
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
    const id = target.kind === 'variable' ? `${target.path}#${target.variable}` : undefined;
    return id !== undefined && this.owners.has(id) ? id : undefined;
  }

  private routeParts(
    path: string,
    call: CallExpression,
    method: string,
  ): Pick<Route, 'path' | 'methods' | 'template' | 'templateSpan' | 'call' | 'isSocket'> {
    const template = call.positional[0] ?? call.keywords['path'];
    return {
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
