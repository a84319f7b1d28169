import { ringKeys } from './ring-keys';
import type { TableDescription } from './table-description';

/** Each table after those that it refers to, but for the keys that close a ring; else in the order given. */
export function inDependencyOrder(tables: readonly TableDescription[]): readonly TableDescription[] {
  const later = ringKeys(tables);
  const ordered: TableDescription[] = [];
  const visit = (table: TableDescription, above: readonly TableDescription[]): void => {
    if (ordered.includes(table) || above.includes(table)) return;
    for (const { name, target } of table.foreignKeys) {
      const other = tables.find((candidate) => candidate.name === target);
      if (other !== undefined && !later.has(name)) visit(other, [...above, table]);
    }
    ordered.push(table);
  };
  for (const table of tables) visit(table, []);
  return ordered;
}
