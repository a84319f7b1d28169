import type { ForeignKeyDescription, TableDescription } from './table-description';

/**
 * Names of the foreign keys that are made once all tables are there, since their target leads back to their own table:
 * the optional ones of each ring of tables. A ring of required ones has no first row, and the spec is refused.
 */
export function ringKeys(tables: readonly TableDescription[]): ReadonlySet<string> {
  return new Set(tables.flatMap((table) => ringKeysOf(tables, table)).map(({ name }) => name));
}

export function ringKeysOf(tables: readonly TableDescription[], table: TableDescription): readonly ForeignKeyDescription[] {
  return table.foreignKeys.filter(
    ({ columns, target }) =>
      target !== table.name &&
      table.columns.some(({ name, nullable }) => nullable && columns.includes(name)) &&
      leadsTo({ tables, from: target, to: table.name, seen: new Set() }),
  );
}

function leadsTo({
  tables,
  from,
  to,
  seen,
}: {
  readonly tables: readonly TableDescription[];
  readonly from: string;
  readonly to: string;
  readonly seen: Set<string>;
}): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const table = tables.find(({ name }) => name === from);
  return table?.foreignKeys.some(({ target }) => leadsTo({ tables, from: target, to, seen })) ?? false;
}
