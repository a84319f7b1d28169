import { isAddedLate, isMountedBefore, isRegisteredBefore, type ComposedRoute } from './compose-routes';
import type { ComposedService } from './composed-service';
import type { DefinitionIndex } from './definition-index';
import { covers, shapeParts } from './path-template';
import type { Mount, Route, RouteOwner, ServiceModel } from './service-model';

/** A route no request reaches, because an earlier one takes all of them. */
export interface Overlap {
  readonly kind: 'same' | 'wider';
  readonly later: Route;
  readonly laterTemplate: string;
  readonly earlier: Route | Mount;
  readonly earlierTemplate: string;
  readonly method: string;
  readonly root: RouteOwner;
  /** The routes are plain, so the first that fits answers. */
  readonly isPlain: boolean;
}

/** For each route the first overlap found, looking from applications before routers. */
export function findOverlaps({ owners, mounts }: ServiceModel, { below }: ComposedService, { memo }: DefinitionIndex): readonly Overlap[] {
  const found = memo.derive<ReadonlyMap<string, OverlapsBelow>>('overlaps below owners', [owners, below, mounts], (before) => {
    const judge = (root: RouteOwner): OverlapsBelow => {
      const [known, composed] = [before?.get(root.id), below.get(root.id)!];
      const own = mounts.filter(({ parent }) => parent === root.id);
      const isSame = known?.composed === composed && known.mounts.length === own.length && own.every((mount, at) => mount === known.mounts[at]);
      return isSame ? known : { composed, mounts: own, ...overlapsIn(composed, own, known?.shapes) };
    };
    return new Map([...owners.values()].map((root) => [root.id, judge(root)]));
  });
  return memo.derive('overlaps', [owners, found], () => {
    const overlaps = new Map<Route, Overlap>();
    const roots = [...owners.values()].sort((left, right) => Number(left.kind === 'router') - Number(right.kind === 'router'));
    for (const { id } of roots) {
      for (const overlap of found.get(id)!.overlaps) if (!overlaps.has(overlap.later)) overlaps.set(overlap.later, overlap);
    }
    return [...overlaps.values()];
  });
}

interface OverlapsBelow {
  readonly composed: readonly ComposedRoute[];
  readonly mounts: readonly Mount[];
  readonly overlaps: readonly Overlap[];
  /** What was read of each way before, so that it is read once. */
  readonly shapes: ReadonlyMap<ComposedRoute, Known>;
}

type Known = ComposedRoute & { readonly template: string; readonly parts: readonly string[] };

function overlapsIn(
  composed: readonly ComposedRoute[],
  mounts: readonly Mount[],
  before: ReadonlyMap<ComposedRoute, Known> | undefined,
): Pick<OverlapsBelow, 'overlaps' | 'shapes'> {
  const shapes = new Map(
    composed.flatMap((each): [ComposedRoute, Known][] => {
      const { template } = each;
      return template === undefined ? [] : [[each, before?.get(each) ?? { ...each, template, parts: shapeParts(template) }]];
    }),
  );
  return { overlaps: overlapsAmong([...shapes.values()], mounts), shapes };
}

function overlapsAmong(known: readonly Known[], mounts: readonly Mount[]): readonly Overlap[] {
  const byMethod = new Map<string, Known[]>();
  for (const composed of known) {
    for (const method of composed.route.methods ?? []) addTo(byMethod, method, composed);
  }
  return [...byMethod].flatMap(([method, group]) => {
    const candidatesFor = indexByFirstPart(group);
    return group.flatMap((later) => {
      const overlap = mountOver(later, method, mounts) ?? routeOver(later, method, candidatesFor(later));
      return overlap === undefined ? [] : [overlap];
    });
  });
}

/** Only routes that begin alike, or with a placeholder, can cover one another: a thousand routes are not compared pair by pair. */
function indexByFirstPart(group: readonly Known[]): (later: Known) => readonly Known[] {
  const open: Known[] = [];
  const fixed = new Map<string, Known[]>();
  for (const known of group) {
    const first = known.parts[1] ?? '';
    if (first.includes('{')) open.push(known);
    else addTo(fixed, first, known);
  }
  return (later) => [...(fixed.get(later.parts[1] ?? '') ?? []), ...open];
}

function addTo(groups: Map<string, Known[]>, key: string, known: Known): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [known]);
  else group.push(known);
}

function routeOver(later: Known, method: string, group: readonly Known[]): Overlap | undefined {
  const earlier = group.find(
    (other) =>
      other.route !== later.route &&
      !isSameHandler(other.route, later.route) &&
      covers(other.parts, later.parts) &&
      isRegisteredBefore(other, later),
  );
  if (earlier === undefined) return undefined;
  return {
    kind: earlier.parts.join('/') === later.parts.join('/') ? 'same' : 'wider',
    later: later.route,
    laterTemplate: later.template,
    earlier: earlier.route,
    earlierTemplate: earlier.template,
    method,
    root: later.root,
    isPlain: [earlier, later].every((each) => !each.route.isWrapped && !each.isCustom && !isAddedLate(each)),
  };
}

function isSameHandler(left: Route, right: Route): boolean {
  return left.handler !== undefined && left.handlerPath === right.handlerPath && left.handler.offset === right.handler?.offset;
}

function mountOver(later: Known, method: string, mounts: readonly Mount[]): Overlap | undefined {
  for (const mount of mounts) {
    if (mount.template === undefined || !isMountedBefore(mount, later)) continue;
    if (!covers(shapeParts(`${mount.template.replace(/\/$/, '')}/{path:path}`), later.parts)) continue;
    const isPlain = !later.isCustom;
    const { route, template, root } = later;
    return { kind: 'wider', later: route, laterTemplate: template, earlier: mount, earlierTemplate: mount.template, method, root, isPlain };
  }
  return undefined;
}
