/**
 * The tables of a service as values, without the spec that they were made from: what the first migration creates, what the state of
 * the last migration is kept as, and what two states are compared by. Names are the database's, in full: `ck_books_price_range`.
 */
export interface TableDescription {
  readonly name: string;
  /** What of the spec the table is: the entity `Book`, the n-n relation `Author.books`, or `auth` (the refresh tokens). */
  readonly origin: string;
  /** Origins that it had before, by the `was:` hints of the spec. Never kept. */
  readonly was?: readonly string[];
  /** In the order of the table. */
  readonly columns: readonly ColumnDescription[];
  readonly primaryKey: NamedColumns;
  /** Without those of enums, which their columns bring. */
  readonly checks: readonly CheckDescription[];
  readonly foreignKeys: readonly ForeignKeyDescription[];
  readonly uniques: readonly NamedColumns[];
  readonly indexes: readonly IndexDescription[];
}

export interface ColumnDescription {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** A row that has a value here counts as deleted. */
  readonly marksDeleted?: true;
  /** Name that the column had before, by the hints of the spec. Never kept. */
  readonly was?: string;
  /** What rows that are there already get when the column is added or becomes required; undefined when nobody has said. Never kept. */
  readonly backfill?: Backfill;
}

export type ColumnType =
  | { readonly kind: 'string'; readonly length: number }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  /** Text with a CHECK named after the column; `enum` is the name in the spec, `Role` for roles. */
  | {
      readonly kind: 'enum';
      readonly enum: string;
      readonly length: number;
      readonly values: readonly string[];
      /** Value that a value had before, by the hints of the spec. Never kept. */
      readonly was?: Readonly<Record<string, string>>;
    }
  /** `int-key`: an id that counts up, or a reference to one. */
  | { readonly [Kind in PlainColumnKind]: { readonly kind: Kind } }[PlainColumnKind];

export const plainColumnKinds = [
  'text',
  'int',
  'bigint',
  'int-key',
  'float',
  'bool',
  'date',
  'datetime',
  'time',
  'uuid',
  'json',
  'bytes',
] as const;
export type PlainColumnKind = (typeof plainColumnKinds)[number];

export type Backfill =
  /** `now` and `today` for moments and dates. */
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  /** 1, 2, 3 … within the rows that have the same value in the column `parent`, in the order of their ids. */
  | { readonly kind: 'sequence'; readonly parent: string }
  /** The text of the row's id: one of its own for each row. */
  | { readonly kind: 'id' }
  /** The user says that no row lacks a value; the database refuses the migration when one does. */
  | { readonly kind: 'none' };

export interface NamedColumns {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface CheckDescription {
  readonly name: string;
  readonly sql: string;
  /** Set where SQLite, which has scaled integers for decimals, needs another text. */
  readonly sqlite?: string;
}

export interface ForeignKeyDescription extends NamedColumns {
  readonly target: string;
  readonly onDelete: 'CASCADE' | 'RESTRICT' | 'SET NULL';
}

export interface IndexDescription {
  readonly name: string;
  readonly columns: readonly { readonly column: string; readonly descending: boolean }[];
  /** Set where no two rows (of those that `where` holds for) may have the same. */
  readonly unique?: true;
  /** Condition of the rows that the index has; all of them without it. */
  readonly where?: string;
}
