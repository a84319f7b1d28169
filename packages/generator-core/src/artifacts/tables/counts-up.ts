import type { TableDescription } from './table-description';

/** Whether the ids of the table are numbers that the database gives. On SQLite such a table has to say that none is given twice. */
export function countsUp({ primaryKey, columns }: Pick<TableDescription, 'primaryKey' | 'columns'>): boolean {
  const [name, ...others] = primaryKey.columns;
  return others.length === 0 && columns.some((column) => column.name === name && column.type.kind === 'int-key');
}
