/** A sorted list after some items came and others went; the list itself stays as it is. */
export function updateSorted(list: readonly string[], come: ReadonlySet<string>, gone: ReadonlySet<string>): readonly string[] {
  const added = [...come].sort();
  const updated: string[] = [];
  let next = 0;
  for (const item of list) {
    while (next < added.length && added[next]! < item) updated.push(added[next++]!);
    if (!gone.has(item)) updated.push(item);
  }
  return [...updated, ...added.slice(next)];
}
