import { difference } from '../../algorithms/difference';
import { isSameList } from '../../algorithms/is-same-list';
import { replacePart } from '../../algorithms/replace-part';

export type Groups<Item> = ReadonlyMap<string, readonly Item[]>;

/** Puts items into groups by their keys; groups that hold what they held before stay the same lists. */
export function regroup<Item>(
  before: Groups<Item> | undefined,
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
): Groups<Item> {
  const groups = groupBy(items, keyOf);
  return new Map(
    [...groups].map(([key, group]) => {
      const known = before?.get(key);
      return [key, known !== undefined && isSameList(known, group) ? known : group];
    }),
  );
}

/** A list and its items in groups. */
export interface Grouped<Item> {
  readonly items: readonly Item[];
  readonly groups: Groups<Item>;
}

/** The same as `regroup`, but looks only at the part in which the lists differ, as long as that tells which groups are others. */
export function regroupChanged<Item>(
  before: Grouped<Item> | undefined,
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
): Grouped<Item> {
  const groups = (before === undefined ? undefined : replaceIn(before, items, keyOf)) ?? regroup(before?.groups, items, keyOf);
  return { items, groups };
}

/** Undefined where that part does not tell in which order groups come, or where in its group a new item stands. */
function replaceIn<Item>(
  before: Grouped<Item>,
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
): Groups<Item> | undefined {
  const { start, ends } = difference(before.items, items);
  const [gone, come] = [groupBy(before.items.slice(start, ends[0]), keyOf), groupBy(items.slice(start, ends[1]), keyOf)];
  if (![...come.keys()].every((key) => gone.has(key))) return undefined;
  const groups = new Map(before.groups);
  const begun: string[] = [];
  for (const [key, removed] of gone) {
    const [known, added] = [groups.get(key)!, come.get(key) ?? []];
    const at = known.indexOf(removed[0]!);
    if (at === 0) begun.push(key);
    const group = replacePart(known, at, at + removed.length, added);
    if (!isSameList(known, group)) groups.set(key, group);
  }
  const begin = [...come.keys()].filter((key) => begun.includes(key));
  return isSameList(begun, begin) ? groups : undefined;
}

/** Keys of groups that are other lists now. */
export function changedKeys<Item>(before: Groups<Item> | undefined, after: Groups<Item>): readonly string[] {
  return [...new Set([...(before?.keys() ?? []), ...after.keys()])].filter((key) => before?.get(key) !== after.get(key));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
