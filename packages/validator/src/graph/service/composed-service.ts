import { isSameList } from '../../algorithms/is-same-list';
import { joinLists } from '../../algorithms/join-lists';
import { composeRoutes, listReaches, type ComposedRoute, type Reach } from './compose-routes';
import type { DefinitionIndex } from './definition-index';
import { changedKeys, regroup, type Groups } from './groups';
import { reachKey } from './service-keys';
import type { Route, ServiceModel } from './service-model';

/** All routes with the prefixes of what includes them. */
export interface ComposedService {
  /** Owner → the ways down from it, the one to itself among them. */
  readonly reachesFrom: Groups<Reach>;
  /** Owner → the ways to it, from applications and from routers nobody includes. */
  readonly reachesTo: Groups<Reach>;
  /** The routes at the end of a way; the same list as long as they are the same. */
  readonly routesAt: (reach: Reach) => readonly ComposedRoute[];
}

/** Ways and routes that are what they were stay the same objects; values that noted the ways to an owner are told when those differ. */
export function composeService(model: ServiceModel, { memo }: DefinitionIndex): ComposedService {
  const { owners, inclusions, inclusionsOf, routesOf } = model;
  const reaches = memo.derive<Groups<Reach>>('ways between owners', [owners, inclusionsOf], (before) => {
    const listed = [...owners.values()].map(
      (root) => [root.id, keepReaches(before?.get(root.id) ?? [], listReaches(root, model))] as const,
    );
    return new Map(listed);
  });
  const ways = memo.derive('all ways', [reaches], () => joinLists(reaches.values()));
  const places = memo.derive('places of ways', [ways], () => new Map(ways.map((reach, index) => [reach, index])));
  const ends = memo.deriveEach('ends of ways', ways, ({ owner }) => owner.id);
  const composed = memo.derive<ComposedWays>('routes of ways', [ways, routesOf], (before) => {
    const routes = ends.map((id) => routesOf.get(id) ?? NO_ROUTES);
    return { ways, routes, lists: composeWays(before, { ways, routes }) };
  });
  const reachesTo = memo.derive<Groups<Reach>>('ways to owners', [reaches, inclusions], (before) => {
    const included = new Set(inclusions.flatMap(({ parent, child }) => (parent === undefined || child === undefined ? [] : [child])));
    const roots = [...owners.values()].filter(({ kind, id }) => kind !== 'router' || !included.has(id));
    const after = regroup(
      before,
      roots.flatMap(({ id }) => reaches.get(id)!),
      ({ owner }) => owner.id,
    );
    memo.forget(changedKeys(before, after).map(reachKey));
    return after;
  });
  return memo.derive('composed service', [composed, places, reaches, reachesTo], () => ({
    reachesFrom: reaches,
    reachesTo,
    routesAt: (reach: Reach) => composed.lists[places.get(reach)!]!,
  }));
}

const NO_ROUTES: readonly Route[] = [];

/** All ways, the routes of the owners at their ends, and these routes with the prefixes of the way. */
interface ComposedWays {
  readonly ways: readonly Reach[];
  readonly routes: readonly (readonly Route[])[];
  readonly lists: readonly (readonly ComposedRoute[])[];
}

function composeWays(before: ComposedWays | undefined, { ways, routes }: Omit<ComposedWays, 'lists'>): ComposedWays['lists'] {
  const places = before === undefined || before.ways === ways ? undefined : new Map(before.ways.map((reach, index) => [reach, index]));
  return ways.map((reach, index) => {
    const place = places === undefined ? index : places.get(reach);
    const known = place === undefined ? undefined : before?.lists[place];
    if (known === undefined) return composeRoutes(reach, routes[index]!);
    return before!.routes[place!] === routes[index] ? known : composeAnew(known, reach, routes[index]!);
  });
}

function composeAnew(known: readonly ComposedRoute[], reach: Reach, routes: readonly Route[]): readonly ComposedRoute[] {
  const before = new Map(known.map((composed) => [composed.route, composed]));
  return composeRoutes(reach, routes).map((composed) => before.get(composed.route) ?? composed);
}

function keepReaches(before: readonly Reach[], after: readonly Reach[]): readonly Reach[] {
  if (before.length === 0) return after;
  const known = regroup(undefined, before, ({ owner }) => owner.id);
  return keepList(
    before,
    after.map((reach) => known.get(reach.owner.id)?.find((other) => isSameReach(other, reach)) ?? reach),
  );
}

function isSameReach(left: Reach, right: Reach): boolean {
  return (
    left.root === right.root &&
    left.owner === right.owner &&
    left.prefix === right.prefix &&
    left.isCustom === right.isCustom &&
    isSameList(left.inclusions, right.inclusions)
  );
}

function keepList<Item>(before: readonly Item[] | undefined, after: readonly Item[]): readonly Item[] {
  return before !== undefined && isSameList(before, after) ? before : after;
}
