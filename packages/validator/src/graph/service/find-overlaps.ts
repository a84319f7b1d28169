import { isSameList } from '../../algorithms/is-same-list';
import { joinLists } from '../../algorithms/join-lists';
import { mapChanged, type Mapped } from '../../algorithms/map-changed';
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
export function findOverlaps({ owners, mounts }: ServiceModel, composed: ComposedService, { memo }: DefinitionIndex): readonly Overlap[] {
  const found = memo.derive<ReadonlyMap<string, OverlapsBelow>>('overlaps below owners', [owners, composed, mounts], (before) => {
    const judge = (root: RouteOwner): OverlapsBelow => {
      const known = before?.get(root.id);
      const lists = composed.reachesFrom.get(root.id)!.map((reach) => composed.routesAt(reach));
      const own = mounts.filter(({ parent }) => parent === root.id);
      const isSame = known !== undefined && isSameList(known.shapes.items, lists) && isSameList(known.mounts, own);
      return isSame ? known : findBelow(lists, own, known);
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
  /** The routes of each way down, and how they are told apart. */
  readonly shapes: Mapped<readonly ComposedRoute[], ShapeOfWay>;
  readonly mounts: readonly Mount[];
  readonly overlaps: readonly Overlap[];
  /** By method and first part of the path. */
  readonly groups: ReadonlyMap<string, Group>;
}

/** The routes at the end of one way, by method. */
type ShapeOfWay = ReadonlyMap<string, MethodShape>;

/** Routes of one method: all of them, those that begin with a placeholder, and the others by the first part of their paths. */
interface MethodShape {
  readonly known: readonly Known[];
  readonly open: readonly Known[];
  readonly fixed: ReadonlyMap<string, readonly Known[]>;
}

/** Routes of one method that begin alike, and those that begin with a placeholder: only these can cover one another. */
interface Group {
  readonly fixed: readonly Known[];
  readonly open: readonly Known[];
  readonly covered: ReadonlyMap<Known, Overlap>;
}

type Known = ComposedRoute & { readonly template: string; readonly parts: readonly string[] };

/** Ways are put together as they are: only routes of a way that holds others than before are looked at one by one. */
function findBelow(
  lists: readonly (readonly ComposedRoute[])[],
  mounts: readonly Mount[],
  before: OverlapsBelow | undefined,
): OverlapsBelow {
  const shapes = mapChanged(before?.shapes, lists, shapeOfWay);
  const groups = new Map<string, Group>();
  const overlaps = [...joinShapes(shapes.values)].flatMap(([method, shape]) => {
    const open = joinLists(shape.open);
    let hasCovered = false;
    for (const [first, members] of [['', []] as const, ...shape.fixed]) {
      const key = `${method} ${first}`;
      const group = judgeGroup(method, members.length === 1 ? members[0]! : joinLists(members), open, before?.groups.get(key));
      groups.set(key, group);
      hasCovered ||= group.covered.size > 0;
    }
    if (!hasCovered && mounts.length === 0) return [];
    return joinLists(shape.known).flatMap((later) => {
      const overlap = mountOver(later, method, mounts) ?? groups.get(`${method} ${firstPart(later)}`)!.covered.get(later);
      return overlap === undefined ? [] : [overlap];
    });
  });
  return { shapes, mounts, overlaps, groups };
}

function shapeOfWay(composed: readonly ComposedRoute[]): ShapeOfWay {
  const byMethod = new Map<string, Known[]>();
  for (const each of composed) {
    const { template } = each;
    if (template === undefined) continue;
    const known = { ...each, template, parts: shapeParts(template) };
    for (const method of known.route.methods ?? []) addTo(byMethod, method, known);
  }
  return new Map([...byMethod].map(([method, known]) => [method, { known, ...splitByFirstPart(known) }]));
}

interface JoinedShape {
  readonly known: (readonly Known[])[];
  readonly open: (readonly Known[])[];
  readonly fixed: Map<string, (readonly Known[])[]>;
}

function joinShapes(shapes: readonly ShapeOfWay[]): ReadonlyMap<string, JoinedShape> {
  const joined = new Map<string, JoinedShape>();
  for (const shape of shapes)
    for (const [method, { known, open, fixed }] of shape) {
      const all = joined.get(method) ?? { known: [], open: [], fixed: new Map<string, (readonly Known[])[]>() };
      joined.set(method, all);
      all.known.push(known);
      if (open.length > 0) all.open.push(open);
      for (const [first, members] of fixed) addTo(all.fixed, first, members);
    }
  return joined;
}

/** The first part of a path, empty for one that begins with a placeholder. */
function firstPart({ parts }: Known): string {
  const first = parts[1] ?? '';
  return first.includes('{') ? '' : `/${first}`;
}

function splitByFirstPart(group: readonly Known[]): Pick<MethodShape, 'open' | 'fixed'> {
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

function addTo<Item>(groups: Map<string, Item[]>, key: string, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
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
