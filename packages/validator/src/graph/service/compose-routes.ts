import type { Place } from '../../extract/service/service-facts';
import type { Inclusion, Mount, Route, RouteOwner, ServiceModel } from './service-model';

/** One way a request reaches a route. */
export interface ComposedRoute {
  readonly route: Route;
  readonly root: RouteOwner;
  /** With all prefixes; undefined when one of them is computed. */
  readonly template: string | undefined;
  /** From the root to the route. */
  readonly inclusions: readonly Inclusion[];
  /** An owner on the way is of a class of its own. */
  readonly isCustom: boolean;
}

const DEEPEST = 12;

/** All routes below an owner, prefixes joined. An owner met again on the same way is left out. */
export function composeRoutes(root: RouteOwner, model: ServiceModel): readonly ComposedRoute[] {
  const found: ComposedRoute[] = [];
  const pending: { owner: RouteOwner; prefix: string | undefined; inclusions: readonly Inclusion[]; isCustom: boolean }[] = [
    { owner: root, prefix: '', inclusions: [], isCustom: false },
  ];
  while (pending.length > 0) {
    const { owner, prefix: outer, inclusions, isCustom: isOuterCustom } = pending.pop()!;
    const prefix = owner.kind === 'app' ? outer : join(outer, owner.prefix);
    const isCustom = isOuterCustom || owner.isCustom;
    for (const route of model.routesOf.get(owner.id) ?? [])
      found.push({ route, root, template: join(prefix, route.template), inclusions, isCustom });
    for (const inclusion of model.inclusionsOf.get(owner.id) ?? []) {
      const child = inclusion.child === undefined ? undefined : model.owners.get(inclusion.child);
      if (child === undefined || inclusions.includes(inclusion) || inclusions.length > DEEPEST) continue;
      pending.push({ owner: child, prefix: join(prefix, inclusion.prefix), inclusions: [...inclusions, inclusion], isCustom });
    }
  }
  return found;
}

/**
 * Whether `first` is registered before `second`: told only where both ways part within one run of statements.
 * A condition on the way both share is no matter: then neither is there.
 */
export function isRegisteredBefore(first: ComposedRoute, second: ComposedRoute): boolean {
  const [left, right] = [stepsOf(first), stepsOf(second)];
  const index = left.findIndex((step, at) => step !== right[at]);
  if (index < 0 || [...left.slice(index), ...right.slice(index)].some(({ place }) => place.conditional)) return false;
  const [one, other] = [left[index], right[index]];
  return one !== undefined && other !== undefined && isSameRun(one, other) && one.place.offset < other.place.offset;
}

/** A step was added after the one it hangs on was included: some FastAPI versions serve it, others do not. */
export function isAddedLate(composed: ComposedRoute): boolean {
  const steps = stepsOf(composed);
  return steps.some((step, index) => {
    const next = steps[index + 1];
    return next !== undefined && isSameRun(step, next) && next.place.offset > step.place.offset;
  });
}

export function isMountedBefore(mount: Mount, second: ComposedRoute): boolean {
  const steps = stepsOf(second);
  if (mount.place.conditional || steps.some(({ place }) => place.conditional)) return false;
  return isSameRun(mount, steps[0]!) && mount.place.offset < steps[0]!.place.offset;
}

type Step = { readonly path: string; readonly place: Place };

function stepsOf({ inclusions, route }: ComposedRoute): readonly Step[] {
  return [...inclusions, route];
}

function isSameRun(left: Step, right: Step): boolean {
  return left.path === right.path && left.place.functionOffset === right.place.functionOffset;
}

function join(left: string | undefined, right: string | undefined): string | undefined {
  return left === undefined || right === undefined ? undefined : left + right;
}
