import type { ColumnDescription, ColumnType, TableDescription } from '../artifacts/tables/table-description';
import { convertColumn } from './convert-column';
import type { MigrationFault } from './migration-fault';
import type { ColumnChange, TableChange, TablesDifference } from './tables-difference';

/** What the user has agreed to lose: `Review`, `Book.cost`, `OrderStatus.refunded`. */
export interface MigrationConsent {
  readonly drop: ReadonlySet<string>;
  readonly narrow: ReadonlySet<string>;
}

/** All that stands between a difference and its migration, in the order of the difference. */
export function findMigrationFaults(difference: TablesDifference, consent: MigrationConsent): readonly MigrationFault[] {
  const faults = [...difference.changed.flatMap(faultsOfChange), ...difference.dropped.map(lostTable)];
  return withoutRepeats(faults.filter((fault) => !isAgreed(fault, consent)));
}

function isAgreed({ kind, name }: MigrationFault, { drop, narrow }: MigrationConsent): boolean {
  if (kind === 'dropped') return drop.has(name) || drop.has(name.replace(/_id$/, ''));
  return kind === 'narrowed' && narrow.has(name);
}

/** An enum that many columns have is one thing to say. */
function withoutRepeats(faults: readonly MigrationFault[]): readonly MigrationFault[] {
  return faults.filter((fault, index) => faults.findIndex(({ kind, name }) => kind === fault.kind && name === fault.name) === index);
}

function lostTable(table: TableDescription): MigrationFault {
  return { kind: 'dropped', name: table.origin, what: `the table ${table.name} with all its rows` };
}

function faultsOfChange(change: TableChange): readonly MigrationFault[] {
  const { before, after } = change;
  return [
    ...change.droppedColumns.map(({ name, marksDeleted }): MigrationFault => ({
      kind: 'dropped',
      name: `${after.origin}.${name}`,
      what: marksDeleted ? `the deleted rows of ${before.name}` : `the column ${before.name}.${name}`,
    })),
    ...change.addedColumns.filter(({ nullable }) => !nullable).flatMap((column) => faultsOfRequired(after, column)),
    ...change.alteredColumns.flatMap((column) => faultsOfColumn(after, column)),
    ...faultsOfTargets(change),
  ];
}

/** The ids of one table mean nothing in another. */
function faultsOfTargets({ after, foreignKeys }: TableChange): readonly MigrationFault[] {
  return foreignKeys.added.flatMap(({ columns: [column = ''], target }) => {
    const old = foreignKeys.dropped.find((key) => key.columns.includes(column));
    if (old === undefined || old.target === target) return [];
    const what = `${after.name}.${column} from ids of ${old.target} to ids of ${target}`;
    return [{ kind: 'inconvertible', name: `${after.origin}.${column}`, what }];
  });
}

function faultsOfColumn(table: TableDescription, { before, after, values }: ColumnChange): readonly MigrationFault[] {
  const name = `${table.origin}.${after.name}`;
  const conversion = convertColumn(before.type, after.type);
  const what = `${table.name}.${after.name} from ${describeType(before.type)} to ${describeType(after.type)}`;
  if (conversion.kind === 'impossible') return [{ kind: 'inconvertible', name, what }];
  return [
    ...(conversion.narrows ? [{ kind: 'narrowed', name, what } as const] : []),
    ...lostValues({ before, after, values }),
    ...(before.nullable && !after.nullable && after.backfill === undefined ? [withoutBackfill(table, after)] : []),
  ];
}

function lostValues({ before, after, values }: ColumnChange): readonly MigrationFault[] {
  const [old, now] = [before.type, after.type];
  if (old.kind !== 'enum' || now.kind !== 'enum') return [];
  return old.values
    .filter((value) => !now.values.includes(value) && !values.has(value))
    .map((value) => ({ kind: 'dropped', name: `${now.enum}.${value}`, what: `the value ${value} of ${now.enum}` }));
}

function faultsOfRequired(table: TableDescription, column: ColumnDescription): readonly MigrationFault[] {
  if (column.backfill === undefined) return [withoutBackfill(table, column)];
  const unique = [
    ...table.uniques.map(({ columns }) => columns),
    ...table.indexes.filter((index) => index.unique).map(({ columns }) => columns.map((part) => part.column)),
  ];
  const isAlone = unique.some((columns) => columns.length === 1 && columns[0] === column.name);
  return column.backfill.kind === 'value' && isAlone
    ? [{ kind: 'same-backfill', name: `${table.origin}.${column.name}`, what: `the column ${table.name}.${column.name}` }]
    : [];
}

function withoutBackfill(table: TableDescription, { name }: ColumnDescription): MigrationFault {
  const isReference = table.foreignKeys.some(({ columns }) => columns.includes(name));
  return { kind: 'no-backfill', name: `${table.origin}.${name}`, what: `the column ${table.name}.${name}`, isReference };
}

/** A type as people write it in a spec. */
export function describeType(type: ColumnType): string {
  switch (type.kind) {
    case 'string':
      return `string(${type.length})`;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'enum':
      return type.enum;
    case 'int-key':
      return 'an int id';
    default:
      return type.kind;
  }
}
