import { isSameList } from '../../algorithms/is-same-list';
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
      const isSame = known?.composed === composed && isSameList(known.mounts, own);
      return isSame ? known : findBelow(composed, own, known);
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
  /** What was read of each way, so that it is read once. */
  readonly shapes: ReadonlyMap<ComposedRoute, Known>;
  /** By method and first part of the path. */
  readonly groups: ReadonlyMap<string, Group>;
}

/** Routes of one method that begin alike, and those that begin with a placeholder: only these can cover one another. */
interface Group {
  readonly fixed: readonly Known[];
  readonly open: readonly Known[];
  readonly covered: ReadonlyMap<Known, Overlap>;
}

type Known = ComposedRoute & { readonly template: string; readonly parts: readonly string[] };

function findBelow(composed: readonly ComposedRoute[], mounts: readonly Mount[], before: OverlapsBelow | undefined): OverlapsBelow {
  const shapes = new Map<ComposedRoute, Known>();
  const byMethod = new Map<string, Known[]>();
  for (const each of composed) {
    const { template } = each;
    if (template === undefined) continue;
    const known = before?.shapes.get(each) ?? { ...each, template, parts: shapeParts(template) };
    shapes.set(each, known);
    for (const method of known.route.methods ?? []) addTo(byMethod, method, known);
  }
  const groups = new Map<string, Group>();
  const overlaps = [...byMethod].flatMap(([method, known]) => {
    const { open, fixed } = splitByFirstPart(known);
    for (const [first, members] of [['', []] as const, ...fixed]) {
      const key = `${method} ${first}`;
      groups.set(key, judgeGroup(method, members, open, before?.groups.get(key)));
    }
    return known.flatMap((later) => {
      const overlap = mountOver(later, method, mounts) ?? groups.get(`${method} ${firstPart(later)}`)!.covered.get(later);
      return overlap === undefined ? [] : [overlap];
    });
  });
  return { composed, mounts, overlaps, shapes, groups };
}

/** The first part of a path, empty for one that begins with a placeholder. */
function firstPart({ parts }: Known): string {
  const first = parts[1] ?? '';
  return first.includes('{') ? '' : `/${first}`;
}

function splitByFirstPart(group: readonly Known[]): {
  readonly open: readonly Known[];
  readonly fixed: ReadonlyMap<string, readonly Known[]>;
} {
  const open: Known[] = [];
  const fixed = new Map<string, Known[]>();
  for (const known of group) {
    const first = firstPart(known);
    if (first === '') open.push(known);
    else addTo(fixed, first, known);
  }
  return { open, fixed };
}

function judgeGroup(method: string, fixed: readonly Known[], open: readonly Known[], before: Group | undefined): Group {
  if (before !== undefined && isSameList(before.fixed, fixed) && isSameList(before.open, open)) return before;
  const candidates = [...fixed, ...open];
  const covered = new Map<Known, Overlap>();
  for (const later of fixed.length > 0 ? fixed : open) {
    const overlap = routeOver(later, method, candidates);
    if (overlap !== undefined) covered.set(later, overlap);
  }
  return { fixed, open, covered };
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
