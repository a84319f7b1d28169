/** Why a migration cannot be written without a word of the user. `name` is what the user says: `Book.cost`. */
export type MigrationFault =
  /** Would be lost; to be said with `--drop`. */
  | { readonly kind: 'dropped'; readonly name: string; readonly what: string }
  /** A type that holds less; to be said with `--narrow`. */
  | { readonly kind: 'narrowed'; readonly name: string; readonly what: string }
  /** Required without a value for the rows that are there. */
  | { readonly kind: 'no-backfill'; readonly name: string; readonly what: string; readonly isReference: boolean }
  /** One value for all rows, where no two rows may have the same. */
  | { readonly kind: 'same-backfill'; readonly name: string; readonly what: string }
  /** No conversion that is right for every value. */
  | { readonly kind: 'inconvertible'; readonly name: string; readonly what: string };
