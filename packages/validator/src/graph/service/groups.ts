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
      const isSame = known?.length === group.length && group.every((item, index) => item === known[index]);
      return [key, isSame ? known : group];
    }),
  );
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
