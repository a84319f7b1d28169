/** The list with other items in the place of those from `start` to `end`; the list itself stays as it is. */
export function replacePart<Item>(list: readonly Item[], start: number, end: number, items: readonly Item[]): Item[] {
  const replaced = list.slice();
  if (end - start === items.length) for (let index = 0; index < items.length; index += 1) replaced[start + index] = items[index]!;
  else replaced.splice(start, end - start, ...items);
  return replaced;
}
