import { difference } from './difference';
import { replacePart } from './replace-part';

/** A list and what was made of each of its items. */
export interface Mapped<Item, Value> {
  readonly items: readonly Item[];
  readonly values: readonly Value[];
}

/** What `make` gives for each item; items that stand where they stood, before and behind the part in which the lists differ, are not looked at. */
export function mapChanged<Item, Value>(
  before: Mapped<Item, Value> | undefined,
  items: readonly Item[],
  make: (item: Item) => Value,
): Mapped<Item, Value> {
  if (before === undefined) return { items, values: items.map(make) };
  const { start, ends } = difference(before.items, items);
  return { items, values: replacePart(before.values, start, ends[0], items.slice(start, ends[1]).map(make)) };
}
