import type { ColumnDescription, TableDescription } from '../artifacts/tables/table-description';

/** What of one state is what of another. A pair without `before` is new, one without `after` is gone. */
export interface TablePair {
  readonly before?: TableDescription;
  readonly after?: TableDescription;
  readonly columns: readonly ColumnPair[];
}

export interface ColumnPair {
  readonly before?: ColumnDescription;
  readonly after?: ColumnDescription;
  /** Values of an enum: those of `before` that rows keep under another name. */
  readonly values: ReadonlyMap<string, string>;
}

/** Finds the tables of `before` in `after`: by what they are of the spec, else by a hint of `after`, else by the name of the table. */
export function matchTables(before: readonly TableDescription[], after: readonly TableDescription[]): readonly TablePair[] {
  const found = new Map<TableDescription, TableDescription>();
  const ways: readonly ((old: TableDescription, now: TableDescription) => boolean)[] = [
    (old, now) => old.origin === now.origin,
    (old, now) => now.was?.includes(old.origin) === true,
    (old, now) => old.name === now.name,
  ];
  for (const isSame of ways) {
    for (const now of after) {
      const free = before.find((old) => ![...found.values()].includes(old) && isSame(old, now));
      if (!found.has(now) && free !== undefined) found.set(now, free);
    }
  }
  return [
    ...after.map((now) => pairOf(found.get(now), now)),
    ...before.filter((old) => ![...found.values()].includes(old)).map((old) => pairOf(old, undefined)),
  ];
}

/** The same pairs from the other end: the way back. */
export function reversePairs(pairs: readonly TablePair[]): readonly TablePair[] {
  return pairs.map(({ before, after, columns }) => ({
    ...(after && { before: after }),
    ...(before && { after: before }),
    columns: columns.map((column) => ({
      ...(column.after && { before: column.after }),
      ...(column.before && { after: column.before }),
      values: valuesBack(column),
    })),
  }));
}

function pairOf(before: TableDescription | undefined, after: TableDescription | undefined): TablePair {
  return { ...(before && { before }), ...(after && { after }), columns: before && after ? matchColumns(before, after) : [] };
}

function matchColumns(before: TableDescription, after: TableDescription): readonly ColumnPair[] {
  const oldNames = new Set(before.columns.map(({ name }) => name));
  const origin = new Map<string, ColumnDescription>();
  for (const now of after.columns) {
    // A link between two entities has their ids in the order of the ends, whatever they are called.
    const was = oldNames.has(now.name) ? now.name : (now.was ?? linkedName(before, after, now));
    const old = before.columns.find(({ name }) => name === was);
    if (old !== undefined && ![...origin.values()].includes(old)) origin.set(now.name, old);
  }
  const gone = before.columns.filter((old) => ![...origin.values()].includes(old));
  return [
    ...after.columns.map((now) => {
      const old = origin.get(now.name);
      return { ...(old && { before: old }), after: now, values: old === undefined ? new Map<string, string>() : renamedValues(old, now) };
    }),
    ...gone.map((old) => ({ before: old, values: new Map<string, string>() })),
  ];
}

function linkedName(before: TableDescription, after: TableDescription, column: ColumnDescription): string | undefined {
  const isLink = before.origin.includes('.') && after.origin.includes('.');
  return isLink ? before.columns[after.columns.indexOf(column)]?.name : undefined;
}

/** Values that rows hold and the enum has no longer, but under another name. */
function renamedValues({ type: old }: ColumnDescription, { type: now }: ColumnDescription): ReadonlyMap<string, string> {
  if (old.kind !== 'enum' || now.kind !== 'enum') return new Map();
  return new Map(
    Object.entries(now.was ?? {})
      .filter(([, was]) => old.values.includes(was) && !now.values.includes(was))
      .map(([value, was]) => [was, value]),
  );
}

/** On the way back values that are new become the old first one; what was renamed gets its old name. */
function valuesBack({ before, after, values }: ColumnPair): ReadonlyMap<string, string> {
  if (before?.type.kind !== 'enum' || after?.type.kind !== 'enum') return new Map();
  const { values: old } = before.type;
  const [first] = old;
  const renamed = [...values].map(([was, now]): [string, string] => [now, was]).filter(([now]) => !old.includes(now));
  const known = new Set(renamed.map(([now]) => now));
  const added = after.type.values.filter((value) => !old.includes(value) && !known.has(value));
  return new Map([...renamed, ...added.map((value): [string, string] => [value, first ?? value])]);
}
