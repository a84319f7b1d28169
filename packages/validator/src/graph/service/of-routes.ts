import { flatten } from '../../algorithms/flatten';
import type { DefinitionIndex } from './definition-index';
import { ownerKey, routeKey } from './service-keys';
import type { Route, ServiceModel } from './service-model';

/**
 * What a stage says of each route, in their order; read again only when something is another that it was read from,
 * the route and its owner among it.
 */
export function ofRoutes<Value>(
  index: DefinitionIndex,
  { routes }: ServiceModel,
  { stage, read }: { readonly stage: string; readonly read: (route: Route) => Value },
): readonly Value[] {
  const { byId, ids } = index.memo.derive('ids of routes', [routes], () => ({
    byId: new Map(routes.map((route) => [route.id, route])),
    ids: routes.map(({ id }) => id),
  }));
  return index.memo.computeAll(stage, ids, (id) => {
    const route = byId.get(id)!;
    noteRoute(index, route);
    return read(route);
  });
}

/** What a stage says of all routes together. */
export function itemsOfRoutes<Item>(
  index: DefinitionIndex,
  model: ServiceModel,
  stage: { readonly stage: string; readonly read: (route: Route) => readonly Item[] },
): readonly Item[] {
  const values = ofRoutes(index, model, stage);
  return index.memo.derive(`items of ${stage.stage}`, [values], () => flatten(values));
}

/** Tells the memo that what is being computed reads this route and its owner. */
export function noteRoute({ memo }: DefinitionIndex, { id, owner }: Pick<Route, 'id' | 'owner'>): void {
  memo.note(routeKey(id));
  if (owner !== undefined) memo.note(ownerKey(owner));
}

/** What was said of the first route of each handler; nothing of other routes. */
export function onePerHandler<Item>(routes: readonly Route[], values: readonly (readonly Item[])[]): readonly Item[] {
  const seen = new Set<string>();
  const items: Item[] = [];
  for (const [index, said] of values.entries()) {
    if (said.length === 0) continue;
    const { handlerPath, handler } = routes[index]!;
    const key = `${handlerPath}@${handler?.offset}`;
    if (!seen.has(key)) items.push(...said);
    seen.add(key);
  }
  return items;
}
