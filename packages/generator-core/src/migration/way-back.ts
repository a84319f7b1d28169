import { isSameType } from './compare-tables';
import type { ColumnChange, TableChange, TablesDifference } from './tables-difference';

/**
 * A difference as a downgrade does it. It does not fail for want of a value: a column that comes back without one, or that rows
 * have learnt to leave empty, is optional.
 */
export function wayBack({ created, changed, dropped }: TablesDifference): TablesDifference {
  return { created, dropped, changed: changed.map(changeBack) };
}

function changeBack(change: TableChange): TableChange {
  return {
    ...change,
    addedColumns: change.addedColumns.map((column) => ({ ...column, nullable: true })),
    alteredColumns: change.alteredColumns.map(columnBack).filter((column) => !isNothing(column)),
  };
}

function columnBack({ before, after, values }: ColumnChange): ColumnChange {
  const mayLack = before.nullable && !after.nullable;
  const fill = before.backfill?.kind === 'value' && isSameType(before.type, after.type) ? before.backfill : undefined;
  return {
    before,
    values,
    after: { ...after, nullable: mayLack && fill === undefined ? true : after.nullable, ...(fill && { backfill: fill }) },
  };
}

function isNothing({ before, after }: ColumnChange): boolean {
  return before.nullable === after.nullable && isSameType(before.type, after.type);
}
