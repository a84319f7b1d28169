import { assertNever } from '../spec/assert-never';
import { sqlName } from '../artifacts/python/sql-name';
import type { Backfill, ColumnDescription, ColumnType } from '../artifacts/tables/table-description';
import { convertColumn } from './convert-column';
import { both, quotedText, sqlValue, type SqlValue } from './sql-value';
import type { ColumnChange, TableChange } from './tables-difference';

/** A statement that gives rows that are there already what the new tables ask for. */
export interface DataUpdate {
  /** Without `postgresql` where that database does it with the type. */
  readonly sql: { readonly sqlite: string; readonly postgresql?: string };
  /** Whether it writes into a column that has constraints from before. */
  readonly isOfOldColumn: boolean;
}

export function dataUpdates(change: TableChange): readonly DataUpdate[] {
  const { name } = change.after;
  return [
    ...change.addedColumns.flatMap((column) => (column.nullable ? [] : fill({ table: name, column, where: '', isOfOldColumn: false }))),
    ...change.alteredColumns.flatMap((column) => [
      ...renameValues(name, column),
      ...convertValues(name, column),
      ...(column.before.nullable && !column.after.nullable
        ? fill({ table: name, column: column.after, where: ` WHERE ${sqlName(column.after.name)} IS NULL`, isOfOldColumn: true })
        : []),
    ]),
  ];
}

interface Filling {
  readonly table: string;
  readonly column: ColumnDescription;
  readonly where: string;
  readonly isOfOldColumn: boolean;
}

function fill({ table, column: { name, type, backfill }, where, isOfOldColumn }: Filling): readonly DataUpdate[] {
  if (backfill === undefined || backfill.kind === 'none') return [];
  const value = backfillSql(table, type, backfill);
  return [{ sql: mapSql(value, (text) => `UPDATE ${table} SET ${sqlName(name)} = ${text}${where}`), isOfOldColumn }];
}

function backfillSql(table: string, type: ColumnType, backfill: Exclude<Backfill, { readonly kind: 'none' }>): SqlValue {
  switch (backfill.kind) {
    case 'value':
      return sqlValue(type, backfill.value);
    case 'sequence':
      return rank(table, backfill.parent);
    case 'id':
      return both('CAST(id AS VARCHAR)');
    default:
      return assertNever(backfill);
  }
}

/** How many rows of the same parent are not later than this one. */
function rank(table: string, parent: string): SqlValue {
  return both(`(SELECT count(*) FROM ${table} AS other WHERE other.${parent} = ${table}.${parent} AND other.id <= ${table}.id)`);
}

function renameValues(table: string, { after: { name }, values }: ColumnChange): readonly DataUpdate[] {
  return [...values].map(([from, to]) => {
    const sql = `UPDATE ${table} SET ${sqlName(name)} = ${quotedText(to)} WHERE ${sqlName(name)} = ${quotedText(from)}`;
    return { sql: both(sql), isOfOldColumn: true };
  });
}

function convertValues(table: string, { before, after }: ColumnChange): readonly DataUpdate[] {
  const conversion = convertColumn(before.type, after.type);
  if (conversion.kind === 'impossible' || conversion.sqlite === undefined) return [];
  return [
    { sql: { sqlite: `UPDATE ${table} SET ${sqlName(after.name)} = ${conversion.sqlite(sqlName(after.name))}` }, isOfOldColumn: true },
  ];
}

function mapSql({ postgresql, sqlite }: SqlValue, map: (sql: string) => string): SqlValue {
  return { postgresql: map(postgresql), sqlite: map(sqlite) };
}
