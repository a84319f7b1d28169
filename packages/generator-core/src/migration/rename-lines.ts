import { countsUp } from '../artifacts/tables/counts-up';
import {
  batch,
  block,
  createCheck,
  createForeignKey,
  createIndex,
  createPrimaryKey,
  createUnique,
  dropConstraint,
  dropIndex,
  execute,
} from './constraint-lines';
import type { TableChange } from './tables-difference';

/** A table and its columns under new names, and what is named after them. Rows are not touched. */
export function renameLines(change: TableChange): readonly string[] {
  const { before, after, renamedColumns } = change;
  return [
    ...(before.name === after.name ? [] : [`op.rename_table("${before.name}", "${after.name}")`]),
    ...renamedColumns.map(({ from, to }) => `op.alter_column("${after.name}", "${from}", new_column_name="${to}")`),
    ...constraintRenames(change),
  ];
}

/** PostgreSQL renames constraints; on SQLite the table is copied with other ones. */
function constraintRenames(change: TableChange): readonly string[] {
  const [sqlite, postgresql] = [sqliteRenames(change), postgresqlRenames(change)];
  if (sqlite.length === 0) return block('if not is_sqlite:', postgresql);
  return [[...block('if is_sqlite:', sqlite), ...block('else:', postgresql)].join('\n')];
}

function sqliteRenames({ after, primaryKey, checks, foreignKeys, uniques, indexes }: TableChange): readonly string[] {
  const constraints = [
    // One that counts up has no name there.
    ...(primaryKey && !countsUp(after) ? [dropConstraint('primary', primaryKey.from), createPrimaryKey(primaryKey.to)] : []),
    ...checks.renamed.flatMap(({ from, to }) => [dropConstraint('check', from), createCheck({ name: to.name, sql: to.sqlite ?? to.sql })]),
    ...foreignKeys.renamed.flatMap(({ from, to }) => [dropConstraint('foreignkey', from), createForeignKey(to)]),
    ...uniques.renamed.flatMap(({ from, to }) => [dropConstraint('unique', from), createUnique(to)]),
  ];
  return [
    ...batch(after, constraints),
    ...indexes.renamed.flatMap(({ from, to }) => [dropIndex(after.name, from), createIndex(after.name, to)]),
  ];
}

function postgresqlRenames({ after, primaryKey, checks, foreignKeys, uniques, indexes }: TableChange): readonly string[] {
  const constraints = [...(primaryKey ? [primaryKey] : []), ...checks.renamed, ...foreignKeys.renamed, ...uniques.renamed];
  return [
    ...constraints.map(({ from, to }) => execute(`ALTER TABLE ${after.name} RENAME CONSTRAINT ${from.name} TO ${to.name}`)),
    ...indexes.renamed.map(({ from, to }) => execute(`ALTER INDEX ${from.name} RENAME TO ${to.name}`)),
  ];
}
