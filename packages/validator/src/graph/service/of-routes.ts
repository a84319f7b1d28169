import type { DefinitionIndex } from './definition-index';
import { ownerKey, routeKey } from './service-keys';
import type { Route, ServiceModel } from './service-model';

interface RouteStage<Value> {
  readonly stage: string;
  readonly read: (route: Route) => Value;
}

/**
 * What a stage says of each route, in their order; read again only when something is another that it was read from,
 * the route and its owner among it.
 */
export function ofRoutes<Value>(index: DefinitionIndex, model: ServiceModel, { stage, read }: RouteStage<Value>): readonly Value[] {
  return index.memo.computeAll(stage, idsOf(index, model), (_, __, at) => readRoute(index, model.routes[at]!, read));
}

/** What a stage says of all routes together. */
export function itemsOfRoutes<Item>(
  index: DefinitionIndex,
  model: ServiceModel,
  { stage, read }: RouteStage<readonly Item[]>,
): readonly Item[] {
  return index.memo.computeItems(stage, idsOf(index, model), (_, __, at) => readRoute(index, model.routes[at]!, read));
}

function idsOf({ memo }: DefinitionIndex, { routes }: ServiceModel): readonly string[] {
  return memo.deriveEach('ids of routes', routes, ({ id }) => id);
}

function readRoute<Value>(index: DefinitionIndex, route: Route, read: (route: Route) => Value): Value {
  noteRoute(index, route);
  return read(route);
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
