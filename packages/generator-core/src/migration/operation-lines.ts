import { pythonLongString } from '../artifacts/python/python-text';
import { columnText, tableItems, typeText } from '../artifacts/tables/operation-text';
import type { TableDescription } from '../artifacts/tables/table-description';
import { batch, block, createCheck, createForeignKey, createIndex, createUnique, dropConstraint, dropIndex } from './constraint-lines';
import { dataUpdates, type DataUpdate } from './data-updates';
import { renameLines } from './rename-lines';
import type { ColumnChange, TableChange, TablesDifference } from './tables-difference';

/**
 * The body of `upgrade` or `downgrade`. What goes by name goes first, so that new tables and indexes may have old names;
 * new tables come before the columns that refer to them, and tables go when nothing refers to them any more.
 */
export function operationLines({ created, changed, dropped }: TablesDifference): readonly string[] {
  const lines = [
    ...changed.flatMap(({ before, indexes }) => indexes.dropped.map((index) => dropIndex(before.name, index))),
    ...changed.flatMap(renameLines),
    ...created.flatMap(createTable),
    ...changed.flatMap(changeLines),
    ...changed.flatMap(({ after, indexes }) => indexes.added.map((index) => createIndex(after.name, index))),
    ...dropped.map(({ name }) => `op.drop_table("${name}")`),
  ];
  const asks = lines.some((line) => line.includes('is_sqlite'));
  return [...(asks ? ['is_sqlite = op.get_context().dialect.name == "sqlite"'] : []), ...lines];
}

function createTable(table: TableDescription): readonly string[] {
  return [
    `op.create_table("${table.name}", ${tableItems(table).join(', ')})`,
    ...table.indexes.map((index) => createIndex(table.name, index)),
  ];
}

function changeLines(change: TableChange): readonly string[] {
  const { name } = change.after;
  const updates = dataUpdates(change);
  const drops = constraintDrops(change);
  const rest = [...columnAlterations(change), ...constraintAdditions(change)];
  // A CHECK from before would refuse what the rows become, so that it has to go first.
  const isInTwo = drops.length > 0 && updates.some(({ isOfOldColumn }) => isOfOldColumn);
  return [
    ...change.addedColumns.map((column) => `op.add_column("${name}", ${columnText({ ...column, nullable: true })})`),
    ...(isInTwo ? batch(name, drops) : []),
    ...updates.flatMap(updateLines),
    ...batch(name, isInTwo ? rest : [...drops, ...rest]),
    ...(drops.length + rest.length > 0 ? descendingAgain(change) : []),
  ];
}

function updateLines({ sql: { postgresql, sqlite } }: DataUpdate): readonly string[] {
  if (postgresql === undefined) return block('if is_sqlite:', [`op.execute(${statement(sqlite)})`]);
  return [`op.execute(${postgresql === sqlite ? statement(sqlite) : `${statement(sqlite)} if is_sqlite else ${statement(postgresql)}`})`];
}

/** `op.execute` would read `:name` as a parameter. */
function statement(sql: string): string {
  return pythonLongString(sql.replace(/(?<![:\w\\]):(?=\w)/g, '\\:'));
}

function columnAlterations({ addedColumns, alteredColumns, droppedColumns }: TableChange): readonly string[] {
  const required = addedColumns.filter(({ nullable }) => !nullable);
  return [
    ...required.flatMap((column) => alterColumn({ before: { ...column, nullable: true }, after: column })),
    ...alteredColumns.flatMap(alterColumn),
    ...droppedColumns.map(({ name }) => `batch.drop_column("${name}")`),
  ];
}

/** Nothing where only the values of an enum change: those are its CHECK's. */
function alterColumn({ before, after }: Pick<ColumnChange, 'before' | 'after'>): readonly string[] {
  const changes = [
    ...(typeText(before.type) === typeText(after.type) ? [] : [`type_=${typeText(after.type)}`]),
    ...(before.nullable === after.nullable ? [] : [`nullable=${after.nullable ? 'True' : 'False'}`]),
  ];
  return changes.length === 0 ? [] : [`batch.alter_column("${after.name}", existing_type=${typeText(before.type)}, ${changes.join(', ')})`];
}

function constraintDrops({ checks, foreignKeys, uniques }: TableChange): readonly string[] {
  return [
    ...checks.dropped.map((check) => dropConstraint('check', check)),
    ...foreignKeys.dropped.map((key) => dropConstraint('foreignkey', key)),
    ...uniques.dropped.map((unique) => dropConstraint('unique', unique)),
  ];
}

function constraintAdditions({ checks, foreignKeys, uniques }: TableChange): readonly string[] {
  return [...checks.added.map(createCheck), ...foreignKeys.added.map(createForeignKey), ...uniques.added.map(createUnique)];
}

/** SQLite does not tell which way an index sorts, so that the copy of a table has it the other way round. */
function descendingAgain({ after, indexes }: TableChange): readonly string[] {
  const kept = after.indexes.filter((index) => !indexes.added.includes(index) && index.columns.some(({ descending }) => descending));
  return block(
    'if is_sqlite:',
    kept.flatMap((index) => [dropIndex(after.name, index), createIndex(after.name, index)]),
  );
}
