import { isEqual } from './is-equal';

/** The items, with those of the list before in the place of equal ones that have the same key. */
export function keepEqual<Item>(
  before: readonly Item[] | undefined,
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  if (before === undefined || before.length === 0) return items;
  const known = new Map(before.map((item) => [keyOf(item), item]));
  return items.map((item) => {
    const old = known.get(keyOf(item));
    return old !== undefined && isEqual(old, item) ? old : item;
  });
}
