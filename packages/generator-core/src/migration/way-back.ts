import type { Backfill } from '../artifacts/tables/table-description';
import { isSameType } from './compare-tables';
import type { ColumnChange, TableChange, TablesDifference } from './tables-difference';

/**
 * A difference as a downgrade does it. It does not fail for want of a value: a column that comes back without one, or that rows
 * have learnt to leave empty, is optional.
 */
export function wayBack({ purges, created, changed, dropped }: TablesDifference): TablesDifference {
  return { purges, created, dropped, changed: changed.map(changeBack) };
}

function changeBack(change: TableChange): TableChange {
  return {
    ...change,
    addedColumns: change.addedColumns.map((column) => ({ ...column, nullable: true })),
    alteredColumns: change.alteredColumns.map(columnBack).filter((column) => !isNothing(column)),
  };
}

/** Rows may lack a value by now, and nothing says which they should get. */
export function staysOptional({ before, after }: ColumnChange): boolean {
  return before.nullable && !after.nullable && fillOf({ before, after }) === undefined;
}

function fillOf({ before, after }: Pick<ColumnChange, 'before' | 'after'>): Extract<Backfill, { readonly kind: 'value' }> | undefined {
  return before.backfill?.kind === 'value' && isSameType(before.type, after.type) ? before.backfill : undefined;
}

function columnBack(column: ColumnChange): ColumnChange {
  const { before, after, values } = column;
  const fill = fillOf(column);
  return { before, values, after: { ...after, nullable: staysOptional(column) || after.nullable, ...(fill && { backfill: fill }) } };
}

function isNothing({ before, after }: ColumnChange): boolean {
  return before.nullable === after.nullable && isSameType(before.type, after.type);
}
