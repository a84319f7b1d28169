import { flatten } from '../../algorithms/flatten';
import type { ComposedRoute } from './compose-routes';
import type { ComposedService } from './composed-service';
import type { DefinitionIndex } from './definition-index';
import { noteRoute } from './of-routes';
import { waysKey } from './service-keys';
import type { Route, ServiceModel } from './service-model';

/** How requests reach a route. */
export interface RouteWays {
  readonly ways: readonly ComposedRoute[];
  /** Every way begins at an application, and no owner on them is handed to code nobody follows. */
  readonly isComplete: boolean;
}

/**
 * For every route the ways to it, from applications and from routers nobody includes. Those told before stay the same objects where nothing
 * changed; whoever read under which paths a route is reached is told when those are others.
 */
export function listRouteWays(model: ServiceModel, composed: ComposedService, { memo }: DefinitionIndex): ReadonlyMap<Route, RouteWays> {
  return memo.derive<ReadonlyMap<Route, RouteWays>>('ways', [model, composed], (before) => {
    const unclear = new Set(model.escaped);
    for (const { parent, child } of model.inclusions) if (parent === undefined && child !== undefined) unclear.add(child);
    const hasOddMounts = model.mounts.some(({ template }) => template === undefined || template.includes('{'));
    const after = new Map(
      [...groupByRoute(model, composed)].map(([route, ways]): [Route, RouteWays] => [
        route,
        keepWays(before?.get(route), { ways, isComplete: !hasOddMounts && ways.every((way) => isClear(way, unclear)) }),
      ]),
    );
    memo.forget(toldAnew(before ?? new Map(), after));
    return after;
  });
}

function groupByRoute({ owners }: ServiceModel, { below, reachesTo }: ComposedService): ReadonlyMap<Route, readonly ComposedRoute[]> {
  const roots = new Set([...reachesTo.values()].flatMap((reaches) => reaches.map(({ root }) => root.id)));
  const found = new Map<Route, ComposedRoute[]>();
  for (const root of owners.keys()) {
    if (!roots.has(root)) continue;
    for (const composed of below.get(root)!) {
      const known = found.get(composed.route);
      if (known === undefined) found.set(composed.route, [composed]);
      else known.push(composed);
    }
  }
  return found;
}

function isClear({ root, template, inclusions, isCustom, route }: ComposedRoute, unclear: ReadonlySet<string>): boolean {
  if (root.kind !== 'app' || template === undefined || isCustom) return false;
  const routers = [...inclusions.map(({ child }) => child), route.owner].filter((id) => id !== root.id);
  return routers.every((id) => id !== undefined && !unclear.has(id));
}

function keepWays(before: RouteWays | undefined, after: RouteWays): RouteWays {
  const isSame =
    before?.isComplete === after.isComplete &&
    before.ways.length === after.ways.length &&
    after.ways.every((way, index) => way === before.ways[index]);
  return isSame ? before : after;
}

/** Keys of routes that are reached under other paths than before, or no longer. */
function toldAnew(before: ReadonlyMap<Route, RouteWays>, after: ReadonlyMap<Route, RouteWays>): readonly string[] {
  const changed = [...after].filter(([route, ways]) => {
    const known = before.get(route);
    return known === undefined || (known !== ways && !isToldAlike(known, ways));
  });
  return changed.map(([{ id }]) => waysKey(id));
}

function isToldAlike(left: RouteWays, right: RouteWays): boolean {
  return (
    left.isComplete === right.isComplete &&
    left.ways.length === right.ways.length &&
    left.ways.every(({ template }, index) => template === right.ways[index]!.template)
  );
}

/** What a stage says of all routes that can be reached; read again only when something is another that it was read from. */
export function itemsOfRouteWays<Item>(
  { ways: waysOf, index }: { readonly ways: ReadonlyMap<Route, RouteWays>; readonly index: DefinitionIndex },
  stage: string,
  read: (route: Route, ways: RouteWays) => readonly Item[],
): readonly Item[] {
  const { memo } = index;
  const { byId, ids } = memo.derive('ids of reached routes', [waysOf], () => ({
    byId: new Map([...waysOf].map(([route, ways]) => [route.id, { route, ways }])),
    ids: memo.keepList(
      'ids of reached routes',
      [...waysOf.keys()].map(({ id }) => id),
    ),
  }));
  const values = memo.computeAll(stage, ids, (id) => {
    const { route, ways } = byId.get(id)!;
    memo.note(waysKey(id));
    noteRoute(index, route);
    return read(route, ways);
  });
  return memo.derive(`items of ${stage}`, [values], () => flatten(values));
}
