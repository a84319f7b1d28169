import type {
  CheckDescription,
  ColumnDescription,
  ForeignKeyDescription,
  IndexDescription,
  NamedColumns,
  TableDescription,
} from '../artifacts/tables/table-description';

/** What makes one state of the tables out of another. Empty lists all over when they are the same. */
export interface TablesDifference {
  /** SQL that really deletes the rows that are marked as deleted, where the mark goes: they would be there again. */
  readonly purges: readonly string[];
  /** Each after those that it refers to. */
  readonly created: readonly TableDescription[];
  readonly changed: readonly TableChange[];
  /** Each before those that it refers to. */
  readonly dropped: readonly TableDescription[];
}

export interface TableChange {
  readonly before: TableDescription;
  readonly after: TableDescription;
  readonly renamedColumns: readonly { readonly from: string; readonly to: string }[];
  readonly addedColumns: readonly ColumnDescription[];
  /** By their names before the change. */
  readonly droppedColumns: readonly ColumnDescription[];
  readonly alteredColumns: readonly ColumnChange[];
  /** Only another name. */
  readonly primaryKey?: { readonly from: NamedColumns; readonly to: NamedColumns };
  readonly checks: ItemsDifference<CheckDescription>;
  readonly foreignKeys: ItemsDifference<ForeignKeyDescription>;
  readonly uniques: ItemsDifference<NamedColumns>;
  readonly indexes: ItemsDifference<IndexDescription>;
}

/** A column that is there before and after, with another type, other values or another nullability. `before` has its new name. */
export interface ColumnChange {
  readonly before: ColumnDescription;
  readonly after: ColumnDescription;
  /** Values that rows keep under another name. */
  readonly values: ReadonlyMap<string, string>;
}

/** Constraints or indexes of a table. Those that only changed their name are told apart: a database need not check their rows again. */
export interface ItemsDifference<Item> {
  readonly dropped: readonly Item[];
  readonly renamed: readonly { readonly from: Item; readonly to: Item }[];
  readonly added: readonly Item[];
}
