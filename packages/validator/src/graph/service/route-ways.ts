import { difference } from '../../algorithms/difference';
import { isSameList } from '../../algorithms/is-same-list';
import { joinLists } from '../../algorithms/join-lists';
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

/** A route that can be reached. */
export interface ReachedRoute extends RouteWays {
  readonly route: Route;
}

/**
 * For every route the ways to it, from applications and from routers nobody includes. Those told before stay the same objects where nothing
 * changed; whoever read under which paths a route is reached is told when those are others.
 */
export function listRouteWays(model: ServiceModel, composed: ComposedService, { memo }: DefinitionIndex): readonly ReachedRoute[] {
  const { escaped, inclusions, mounts } = model;
  const handed = memo.derive('owners somebody includes', [inclusions], () =>
    memo.keepList('owners somebody includes', [
      ...new Set(inclusions.flatMap(({ parent, child }) => (parent === undefined ? (child ?? []) : []))),
    ]),
  );
  const hasOddMounts = mounts.some(({ template }) => template === undefined || template.includes('{'));
  const unclear = memo.derive('unclear owners', [escaped, handed, hasOddMounts], () => new Set([...escaped, ...handed]));
  const reached = memo.derive<ReadonlyMap<string, OwnerRoutes>>('ways by owner', [composed, unclear], (before) => {
    const listed = [...composed.reachesTo].map(([owner, reaches]): [string, OwnerRoutes] => {
      const below = reaches.map((reach) => composed.routesAt(reach));
      const known = before?.get(owner);
      if (known !== undefined && known.unclear === unclear && isSameList(known.below, below)) return [owner, known];
      return [owner, { below, unclear, routes: reachRoutes(below, known?.routes ?? [], { unclear, hasOddMounts }) }];
    });
    return new Map(listed);
  });
  return memo.derive<readonly ReachedRoute[]>('ways', [reached], (before) => {
    const after = memo.keepList('ways', joinLists([...reached.values()].map(({ routes }) => routes)));
    memo.forget(toldAnew(before ?? [], after));
    return after;
  });
}

/** The routes of one owner. */
interface OwnerRoutes {
  /** For each way to the owner. */
  readonly below: readonly (readonly ComposedRoute[])[];
  readonly unclear: ReadonlySet<string>;
  readonly routes: readonly ReachedRoute[];
}

function reachRoutes(
  below: readonly (readonly ComposedRoute[])[],
  before: readonly ReachedRoute[],
  { unclear, hasOddMounts }: { readonly unclear: ReadonlySet<string>; readonly hasOddMounts: boolean },
): readonly ReachedRoute[] {
  const known = new Map(before.map((each) => [each.route, each]));
  return (below[0] ?? []).map(({ route }, at) => {
    const ways = below.map((routes) => routes[at]!);
    return keepWays(known.get(route), { route, ways, isComplete: !hasOddMounts && ways.every((way) => isClear(way, unclear)) });
  });
}

function isClear({ root, template, inclusions, isCustom, route }: ComposedRoute, unclear: ReadonlySet<string>): boolean {
  if (root.kind !== 'app' || template === undefined || isCustom) return false;
  const routers = [...inclusions.map(({ child }) => child), route.owner].filter((id) => id !== root.id);
  return routers.every((id) => id !== undefined && !unclear.has(id));
}

function keepWays(before: ReachedRoute | undefined, after: ReachedRoute): ReachedRoute {
  const isSame = before?.isComplete === after.isComplete && isSameList(before.ways, after.ways);
  return isSame ? before : after;
}

/** Keys of routes that are reached under other paths than before. */
function toldAnew(before: readonly ReachedRoute[], after: readonly ReachedRoute[]): readonly string[] {
  const { start, ends } = difference(before, after);
  const known = new Map(before.slice(start, ends[0]).map((each) => [each.route.id, each]));
  const changed = after.slice(start, ends[1]).filter((each) => !isToldAlike(known.get(each.route.id), each));
  return changed.map(({ route }) => waysKey(route.id));
}

function isToldAlike(left: ReachedRoute | undefined, right: ReachedRoute): boolean {
  return (
    left !== undefined &&
    left.isComplete === right.isComplete &&
    left.ways.length === right.ways.length &&
    left.ways.every(({ template }, index) => template === right.ways[index]!.template)
  );
}

/** What a stage says of all routes that can be reached; read again only when something is another that it was read from. */
export function itemsOfRouteWays<Item>(
  { ways, index }: { readonly ways: readonly ReachedRoute[]; readonly index: DefinitionIndex },
  stage: string,
  read: (route: Route, ways: RouteWays) => readonly Item[],
): readonly Item[] {
  const { memo } = index;
  const ids = memo.deriveEach('ids of reached routes', ways, ({ route }) => route.id);
  return memo.computeItems(stage, ids, (id, _, at) => {
    memo.note(waysKey(id));
    noteRoute(index, ways[at]!.route);
    return read(ways[at]!.route, ways[at]!);
  });
}
