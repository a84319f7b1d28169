import { noteRoute } from './build-service-model';
import { composeRoutes, type ComposedRoute } from './compose-routes';
import { stageKey } from '../../algorithms/read-memo';
import type { DefinitionIndex } from './definition-index';
import type { Route, ServiceModel } from './service-model';

/** How requests reach a route. */
export interface RouteWays {
  readonly ways: readonly ComposedRoute[];
  /** Every way begins at an application, and no owner on them is handed to code nobody follows. */
  readonly isComplete: boolean;
}

/** For every route the ways to it, from applications and from routers nobody includes. */
export function listRouteWays(model: ServiceModel): ReadonlyMap<Route, RouteWays> {
  const included = new Set(model.inclusions.flatMap(({ parent, child }) => (parent === undefined || child === undefined ? [] : [child])));
  const found = new Map<Route, ComposedRoute[]>();
  for (const owner of model.owners.values()) {
    if (owner.kind === 'router' && included.has(owner.id)) continue;
    for (const composed of composeRoutes(owner, model)) {
      const known = found.get(composed.route);
      if (known === undefined) found.set(composed.route, [composed]);
      else known.push(composed);
    }
  }
  const unclear = new Set(model.escaped);
  for (const { parent, child } of model.inclusions) if (parent === undefined && child !== undefined) unclear.add(child);
  const hasOddMounts = model.mounts.some(({ template }) => template === undefined || template.includes('{'));
  return new Map(
    [...found].map(([route, ways]) => [route, { ways, isComplete: !hasOddMounts && ways.every((way) => isClear(way, unclear)) }]),
  );
}

function isClear({ root, template, inclusions, isCustom, route }: ComposedRoute, unclear: ReadonlySet<string>): boolean {
  if (root.kind !== 'app' || template === undefined || isCustom) return false;
  const routers = [...inclusions.map(({ child }) => child), route.owner].filter((id) => id !== root.id);
  return routers.every((id) => id !== undefined && !unclear.has(id));
}

/** Those told before stay the same objects where nothing changed; whoever read the others is told to look again. */
export function keepRouteWays(
  before: ReadonlyMap<Route, RouteWays>,
  after: ReadonlyMap<Route, RouteWays>,
  { memo }: DefinitionIndex,
): ReadonlyMap<Route, RouteWays> {
  const changed: string[] = [];
  const kept = new Map(
    [...after].map(([route, ways]) => {
      const known = before.get(route);
      if (known !== undefined && isSame(known, ways)) return [route, known];
      changed.push(stageKey(WAYS, route.id));
      return [route, ways];
    }),
  );
  memo.forget(changed);
  return kept;
}

const WAYS = 'ways';

/** What a stage says of each route that can be reached, read again only when something is another that it was read from. */
export function ofRouteWays<Value>(
  { ways: waysOf, index }: { readonly ways: ReadonlyMap<Route, RouteWays>; readonly index: DefinitionIndex },
  stage: string,
  read: (route: Route, ways: RouteWays) => Value,
): readonly Value[] {
  return [...waysOf].map(([route, ways]) =>
    index.memo.compute(stageKey(stage, route.id), () => {
      index.memo.note(stageKey(WAYS, route.id));
      noteRoute(index, route);
      for (const { root, inclusions } of ways.ways) {
        noteRoute(index, { path: root.path, owner: root.id });
        for (const { path, child } of inclusions) noteRoute(index, { path, owner: child });
      }
      return read(route, ways);
    }),
  );
}

function isSame(left: RouteWays, right: RouteWays): boolean {
  return (
    left.isComplete === right.isComplete &&
    left.ways.length === right.ways.length &&
    left.ways.every((way, index) => isSameWay(way, right.ways[index]!))
  );
}

function isSameWay(left: ComposedRoute, right: ComposedRoute): boolean {
  return (
    left.root === right.root &&
    left.template === right.template &&
    left.isCustom === right.isCustom &&
    left.inclusions.length === right.inclusions.length &&
    left.inclusions.every((inclusion, index) => inclusion === right.inclusions[index])
  );
}
