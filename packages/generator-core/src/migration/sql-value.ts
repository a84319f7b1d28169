import { scaledInteger } from '../artifacts/python/table-constraints';
import type { ColumnType } from '../artifacts/tables/table-description';

/** SQL of one value, as each of the databases keeps it. */
export interface SqlValue {
  readonly postgresql: string;
  readonly sqlite: string;
}

/** A value of a column as SQL. The reader of the spec has checked that it is of the type. */
export function sqlValue(type: ColumnType, value: string | number | boolean): SqlValue {
  const text = String(value);
  switch (type.kind) {
    case 'int':
    case 'bigint':
    case 'int-key':
    case 'float':
    case 'bool':
      return both(text);
    case 'decimal':
      return { postgresql: text, sqlite: scaledInteger(text, type.scale) };
    case 'date':
      return both(text === 'today' ? 'CURRENT_DATE' : quotedText(text));
    case 'time':
      return { postgresql: quotedText(text), sqlite: quotedText(sqliteTime(text)) };
    case 'datetime':
      return text === 'now'
        ? { postgresql: 'CURRENT_TIMESTAMP', sqlite: "CURRENT_TIMESTAMP || '.000000'" }
        : { postgresql: quotedText(inUtc(text)), sqlite: quotedText(sqliteMoment(text)) };
    case 'uuid':
      return { postgresql: quotedText(text), sqlite: quotedText(text.replaceAll('-', '').toLowerCase()) };
    default:
      return both(quotedText(text));
  }
}

/** The same for both databases. */
export function both(sql: string): SqlValue {
  return { postgresql: sql, sqlite: sql };
}

export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `12:30` → `12:30:00.000000` */
function sqliteTime(text: string): string {
  return `${text.length === 5 ? `${text}:00` : text}.000000`;
}

/** `2026-01-31T12:00Z` → `2026-01-31 12:00:00+00:00`; a moment without an offset is in UTC. */
function inUtc(text: string): string {
  return `${new Date(withZone(text)).toISOString().slice(0, 19).replace('T', ' ')}${fractionOf(text)}+00:00`;
}

/** SQLite keeps moments in UTC, with all six places. */
function sqliteMoment(text: string): string {
  return `${inUtc(text).slice(0, 19)}.${fractionOf(text).slice(1).padEnd(6, '0')}`;
}

function fractionOf(text: string): string {
  return /:\d{2}(\.\d{1,6})/.exec(text)?.[1] ?? '';
}

function withZone(text: string): string {
  const spaced = text.replace(' ', 'T');
  return /(Z|[+-]\d{2}:\d{2})$/.test(spaced) ? spaced : `${spaced}Z`;
}
