import type { TableDescription } from '../artifacts/tables/table-description';
import { sqlName } from '../artifacts/python/sql-name';
import type { TablePair } from './match-tables';

/**
 * SQL that really deletes the rows that are marked as deleted, for tables that lose the mark. Only other deleted rows refer to them,
 * and those go first: SQLite looks at no foreign key while it migrates.
 */
export function purgeDeleted(pairs: readonly TablePair[]): readonly string[] {
  const tables = pairs.flatMap(({ before }) => before ?? []);
  return pairs.flatMap(({ before, after }) =>
    before !== undefined && after !== undefined && marksDeleted(before) && !marksDeleted(after)
      ? purge({ table: before, where: 'deleted_at IS NOT NULL', tables, above: [before] })
      : [],
  );
}

function marksDeleted({ columns }: TableDescription): boolean {
  return columns.some((column) => column.marksDeleted);
}

interface Purge {
  readonly table: TableDescription;
  readonly where: string;
  readonly tables: readonly TableDescription[];
  /** Tables on the way here; their rows go anyway. */
  readonly above: readonly TableDescription[];
}

function purge({ table, where, tables, above }: Purge): readonly string[] {
  const referring = tables.flatMap((other) =>
    other.foreignKeys
      .filter(({ target, onDelete }) => target === table.name && onDelete !== 'SET NULL' && marksDeleted(other) && !above.includes(other))
      .map(({ columns: [column = ''] }) => ({ other, column })),
  );
  return [
    ...referring.flatMap(({ other, column }) =>
      purge({
        table: other,
        where: `${sqlName(column)} IN (SELECT id FROM ${table.name} WHERE ${where})`,
        tables,
        above: [...above, other],
      }),
    ),
    `DELETE FROM ${table.name} WHERE ${where}`,
  ];
}
