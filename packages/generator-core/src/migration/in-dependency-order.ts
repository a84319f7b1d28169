import type { TableDescription } from '../artifacts/tables/table-description';

/** Each table after those that it refers to; else in the order given. */
export function inDependencyOrder(tables: readonly TableDescription[]): readonly TableDescription[] {
  const ordered: TableDescription[] = [];
  const visit = (table: TableDescription, above: readonly TableDescription[]): void => {
    if (ordered.includes(table) || above.includes(table)) return;
    for (const { target } of table.foreignKeys) {
      const other = tables.find(({ name }) => name === target);
      if (other !== undefined) visit(other, [...above, table]);
    }
    ordered.push(table);
  };
  for (const table of tables) visit(table, []);
  return ordered;
}
