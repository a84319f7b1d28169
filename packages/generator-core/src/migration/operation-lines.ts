import { columnText, foreignKeyArguments, tableItems, typeText } from '../artifacts/tables/operation-text';
import { ringKeys, ringKeysOf } from '../artifacts/tables/ring-keys';
import type { ForeignKeyDescription, TableDescription } from '../artifacts/tables/table-description';
import {
  batch,
  block,
  createCheck,
  execute,
  statement,
  createForeignKey,
  createIndex,
  createUnique,
  dropConstraint,
  dropIndex,
} from './constraint-lines';
import { dataUpdates, type DataUpdate } from './data-updates';
import { renameLines } from './rename-lines';
import type { ColumnChange, TableChange, TablesDifference } from './tables-difference';

/**
 * The body of `upgrade` or `downgrade`. What goes by name goes first, so that new tables and indexes may have old names;
 * new tables come before the columns that refer to them, and tables go when nothing refers to them any more.
 */
export function operationLines({ purges, created, changed, dropped }: TablesDifference): readonly string[] {
  // A table that is renamed, or comes back under its old name, may need the name of one that goes.
  const [first, last] = split(dropped, ({ name }) => changed.some(({ before, after }) => before.name !== name && after.name === name));
  const lines = [
    ...purges.map(execute),
    ...ringLines(dropped, dropRingKey),
    ...first.map(dropTable),
    ...changed.flatMap(({ before, indexes }) => indexes.dropped.map((index) => dropIndex(before.name, index))),
    ...changed.flatMap(renameLines),
    ...created.flatMap((table) => createTable(table, ringKeys(created))),
    ...ringLines(created, createRingKey),
    ...changed.flatMap(changeLines),
    ...changed.flatMap(({ after, indexes }) => indexes.added.map((index) => createIndex(after.name, index))),
    ...last.map(dropTable),
  ];
  const asks = lines.some((line) => line.includes('is_sqlite'));
  return [...(asks ? ['is_sqlite = op.get_context().dialect.name == "sqlite"'] : []), ...lines];
}

function split<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): readonly [readonly Item[], readonly Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function dropTable({ name }: TableDescription): string {
  return `op.drop_table("${name}")`;
}

function createTable(table: TableDescription, later: ReadonlySet<string>): readonly string[] {
  return [
    `op.create_table("${table.name}", ${tableItems(table, later).join(', ')})`,
    ...table.indexes.map((index) => createIndex(table.name, index)),
  ];
}

/** About the keys that close a ring of these tables. SQLite has them in the tables. */
function ringLines(
  tables: readonly TableDescription[],
  lineOf: (table: TableDescription, key: ForeignKeyDescription) => string,
): readonly string[] {
  return block(
    'if not is_sqlite:',
    tables.flatMap((table) => ringKeysOf(tables, table).map((key) => lineOf(table, key))),
  );
}

function createRingKey({ name }: TableDescription, key: ForeignKeyDescription): string {
  return `op.create_foreign_key(${foreignKeyArguments(name, key)})`;
}

function dropRingKey(table: TableDescription, { name }: ForeignKeyDescription): string {
  return `op.drop_constraint(op.f("${name}"), "${table.name}", type_="foreignkey")`;
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
    ...(isInTwo ? batch(change.after, drops) : []),
    ...updateLines(updates),
    ...batch(change.after, isInTwo ? rest : [...drops, ...rest]),
    ...(drops.length + rest.length > 0 ? descendingAgain(change) : []),
  ];
}

/** Those that only SQLite needs come last, in one block. */
function updateLines(updates: readonly DataUpdate[]): readonly string[] {
  const [forBoth, forSqlite] = split(updates, ({ sql }) => sql.postgresql !== undefined);
  return [
    ...forBoth.map(updateLine),
    ...block(
      'if is_sqlite:',
      forSqlite.map(({ sql }) => execute(sql.sqlite)),
    ),
  ];
}

function updateLine({ sql: { postgresql, sqlite } }: DataUpdate): string {
  return postgresql === undefined || postgresql === sqlite
    ? execute(sqlite)
    : `op.execute(${statement(sqlite)} if is_sqlite else ${statement(postgresql)})`;
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
