import { composeRoutes, type ComposedRoute } from './compose-routes';
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
    for (const composed of composeRoutes(owner, model)) found.set(composed.route, [...(found.get(composed.route) ?? []), composed]);
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
