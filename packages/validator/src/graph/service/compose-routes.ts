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

/** One way from an owner down to another, or to itself. */
export interface Reach {
  readonly root: RouteOwner;
  readonly owner: RouteOwner;
  /** All prefixes up to the owner's own; undefined when one of them is computed. */
  readonly prefix: string | undefined;
  readonly inclusions: readonly Inclusion[];
  readonly isCustom: boolean;
}

const DEEPEST = 12;

/** All ways down from an owner. An owner met again on the same way is left out. */
export function listReaches(root: RouteOwner, { owners, inclusionsOf }: Pick<ServiceModel, 'owners' | 'inclusionsOf'>): readonly Reach[] {
  const found: Reach[] = [];
  const pending: Reach[] = [{ root, owner: root, prefix: '', inclusions: [], isCustom: false }];
  while (pending.length > 0) {
    const { owner, prefix: outer, inclusions, isCustom: isOuterCustom } = pending.pop()!;
    const prefix = owner.kind === 'app' ? outer : join(outer, owner.prefix);
    const isCustom = isOuterCustom || owner.isCustom;
    found.push({ root, owner, prefix, inclusions, isCustom });
    for (const inclusion of inclusionsOf.get(owner.id) ?? []) {
      const child = inclusion.child === undefined ? undefined : owners.get(inclusion.child);
      if (child === undefined || inclusions.includes(inclusion) || inclusions.length > DEEPEST) continue;
      pending.push({ root, owner: child, prefix: join(prefix, inclusion.prefix), inclusions: [...inclusions, inclusion], isCustom });
    }
  }
  return found;
}

/** These routes of the owner at the end of a way, prefixes joined. */
export function composeRoutes({ root, prefix, inclusions, isCustom }: Reach, routes: readonly Route[]): readonly ComposedRoute[] {
  return routes.map((route) => ({ route, root, template: join(prefix, route.template), inclusions, isCustom }));
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
