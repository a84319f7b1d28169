import { isDeepStrictEqual } from 'node:util';
import { inDependencyOrder } from '../artifacts/tables/in-dependency-order';
import { checksOf } from '../artifacts/tables/operation-text';
import type {
  CheckDescription,
  ColumnDescription,
  ColumnType,
  NamedColumns,
  TableDescription,
} from '../artifacts/tables/table-description';
import type { ColumnPair, TablePair } from './match-tables';
import { purgeDeleted } from './purge-deleted';
import { renameInSql } from './rename-in-sql';
import type { ItemsDifference, TableChange, TablesDifference } from './tables-difference';

/** What makes the tables of `after` out of those of `before`. Reversed pairs give the way back. */
export function compareTables(pairs: readonly TablePair[]): TablesDifference {
  const tables = new Map(pairs.flatMap(({ before, after }) => (before && after ? [[before.name, after.name] as const] : [])));
  const created = pairs.flatMap(({ before, after }) => (before === undefined && after !== undefined ? [after] : []));
  const dropped = pairs.flatMap(({ before, after }) => (after === undefined && before !== undefined ? [before] : []));
  return {
    purges: purgeDeleted(pairs),
    created: inDependencyOrder(created),
    changed: pairs.flatMap((pair) => changeOf(pair, tables) ?? []),
    dropped: [...inDependencyOrder(dropped)].reverse(),
  };
}

export function isEmpty({ created, changed, dropped }: TablesDifference): boolean {
  return created.length + changed.length + dropped.length === 0;
}

function changeOf({ before, after, columns }: TablePair, tables: ReadonlyMap<string, string>): TableChange | undefined {
  if (before === undefined || after === undefined) return undefined;
  const renamed = withNewNames(before, columns, tables);
  const change: TableChange = {
    before,
    after,
    renamedColumns: columns.flatMap(({ before: old, after: now }) =>
      old && now && old.name !== now.name ? [{ from: old.name, to: now.name }] : [],
    ),
    addedColumns: columns.flatMap(({ before: old, after: now }) => (old === undefined && now !== undefined ? [now] : [])),
    droppedColumns: columns.flatMap(({ before: old, after: now }) => (now === undefined && old !== undefined ? [old] : [])),
    alteredColumns: columns.flatMap(({ before: old, after: now, values }) =>
      old && now && (!isSameType(old.type, now.type) || old.nullable !== now.nullable)
        ? [{ before: { ...old, name: now.name }, after: now, values }]
        : [],
    ),
    ...(before.primaryKey.name !== after.primaryKey.name && { primaryKey: { from: renamed.primaryKey, to: after.primaryKey } }),
    checks: compareItems(renamed.allChecks, checksOf(withOldOrder(after, columns))),
    foreignKeys: compareItems(renamed.foreignKeys, after.foreignKeys),
    uniques: compareItems(renamed.uniques, after.uniques),
    indexes: compareItems(renamed.indexes, after.indexes),
  };
  return isUnchanged(change) ? undefined : change;
}

function isUnchanged(change: TableChange): boolean {
  const items = [change.checks, change.foreignKeys, change.uniques, change.indexes];
  return (
    change.before.name === change.after.name &&
    [change.renamedColumns, change.addedColumns, change.droppedColumns, change.alteredColumns].every((list) => list.length === 0) &&
    items.every(({ dropped, renamed, added }) => dropped.length + renamed.length + added.length === 0)
  );
}

/** For the database an enum is text; its name in the spec and the order of its values change nothing. */
export function isSameType(left: ColumnType, right: ColumnType): boolean {
  if (left.kind !== 'enum' || right.kind !== 'enum') return isDeepStrictEqual(left, right);
  return left.length === right.length && isDeepStrictEqual([...left.values].sort(), [...right.values].sort());
}

/** Another order of the values of an enum is no other CHECK. */
function withOldOrder(table: TableDescription, columns: readonly ColumnPair[]): TableDescription {
  const oldType = (column: ColumnDescription): ColumnType => {
    const before = columns.find(({ after }) => after === column)?.before;
    return before !== undefined && isSameType(before.type, column.type) ? before.type : column.type;
  };
  return { ...table, columns: table.columns.map((column) => ({ ...column, type: oldType(column) })) };
}

/** The table as it stands once tables and columns are renamed: constraints keep their names, but speak of the new columns. */
function withNewNames(
  table: TableDescription,
  columns: readonly ColumnPair[],
  tables: ReadonlyMap<string, string>,
): Pick<TableDescription, 'primaryKey' | 'foreignKeys' | 'uniques' | 'indexes'> & { readonly allChecks: readonly CheckDescription[] } {
  const names = new Map(columns.flatMap(({ before, after }) => (before && after ? [[before.name, after.name] as const] : [])));
  const nameOf = (column: string): string => names.get(column) ?? column;
  const named = <Item extends NamedColumns>(item: Item): Item => ({ ...item, columns: item.columns.map(nameOf) });
  return {
    primaryKey: named(table.primaryKey),
    foreignKeys: table.foreignKeys.map((key) => ({ ...named(key), target: tables.get(key.target) ?? key.target })),
    uniques: table.uniques.map(named),
    indexes: table.indexes.map((index) => ({
      ...index,
      columns: index.columns.map((part) => ({ ...part, column: nameOf(part.column) })),
      ...(index.where !== undefined && { where: renameInSql(index.where, nameOf) }),
    })),
    allChecks: checksOf(table).map((check) => ({
      ...check,
      sql: renameInSql(check.sql, nameOf),
      ...(check.sqlite !== undefined && { sqlite: renameInSql(check.sqlite, nameOf) }),
    })),
  };
}

function compareItems<Item extends { readonly name: string }>(before: readonly Item[], after: readonly Item[]): ItemsDifference<Item> {
  const isKept = (item: Item, others: readonly Item[]): boolean => others.some((other) => isDeepStrictEqual(other, item));
  const gone = before.filter((item) => !isKept(item, after));
  const fresh = after.filter((item) => !isKept(item, before));
  const renamed = gone.flatMap((from) => {
    const to = fresh.find((item) => item.name !== from.name && isDeepStrictEqual({ ...item, name: '' }, { ...from, name: '' }));
    return to === undefined ? [] : [{ from, to }];
  });
  return {
    dropped: gone.filter((item) => !renamed.some(({ from }) => from === item)),
    renamed,
    added: fresh.filter((item) => !renamed.some(({ to }) => to === item)),
  };
}
