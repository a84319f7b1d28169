import { isSameList } from '../../algorithms/is-same-list';
import { composeRoutes, listReaches, type ComposedRoute, type Reach } from './compose-routes';
import type { DefinitionIndex } from './definition-index';
import { changedKeys, regroup, type Groups } from './groups';
import { reachKey } from './service-keys';
import type { Route, ServiceModel } from './service-model';

/** All routes with the prefixes of what includes them. */
export interface ComposedService {
  /** Owner → all routes below it. */
  readonly below: Groups<ComposedRoute>;
  /** Owner → the ways to it, from applications and from routers nobody includes. */
  readonly reachesTo: Groups<Reach>;
  /** The routes at the end of a way. */
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
  const composed = memo.derive<ReadonlyMap<Reach, Composed>>('routes of ways', [reaches, routesOf], (before) => {
    const ways = [...reaches.values()].flat();
    return new Map(ways.map((reach) => [reach, composeAnew(before?.get(reach), reach, routesOf.get(reach.owner.id) ?? [])]));
  });
  const below = memo.derive<Groups<ComposedRoute>>('routes below owners', [composed], (before) => {
    const listed = [...reaches].map(
      ([id, ways]) =>
        [
          id,
          keepList(
            before?.get(id),
            ways.flatMap((reach) => composed.get(reach)!.composed),
          ),
        ] as const,
    );
    return new Map(listed);
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
  return memo.derive('composed service', [composed, below, reachesTo], () => ({
    below,
    reachesTo,
    routesAt: (reach: Reach) => composed.get(reach)!.composed,
  }));
}

interface Composed {
  readonly routes: readonly Route[];
  readonly composed: readonly ComposedRoute[];
}

function composeAnew(known: Composed | undefined, reach: Reach, routes: readonly Route[]): Composed {
  if (known?.routes === routes) return known;
  const before = new Map(known?.composed.map((composed) => [composed.route, composed]));
  return { routes, composed: composeRoutes(reach, routes).map((composed) => before.get(composed.route) ?? composed) };
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
