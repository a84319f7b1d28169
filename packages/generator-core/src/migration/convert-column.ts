import type { ColumnType } from '../artifacts/tables/table-description';

export type ColumnConversion =
  | {
      readonly kind: 'possible';
      /** Whether there are values that the new type cannot hold as they are. */
      readonly narrows: boolean;
      /** What SQLite has to write into `column` for the same values: decimals are scaled integers there. */
      readonly sqlite?: (column: string) => string;
    }
  | { readonly kind: 'impossible' };

type NumberType = Extract<ColumnType, { readonly kind: 'int' | 'bigint' | 'float' | 'decimal' }>;
type TextType = Extract<ColumnType, { readonly kind: 'string' | 'text' | 'enum' }>;

/**
 * How the values of one type become those of another. Text stays text and numbers stay numbers, in both directions, so that
 * each migration has a way back; all else is for people, who know what their values mean.
 */
export function convertColumn(from: ColumnType, to: ColumnType): ColumnConversion {
  if (isText(from) && isText(to)) return { kind: 'possible', narrows: isTextNarrower(from, to) };
  if (isNumber(from) && isNumber(to)) return convertNumber(from, to);
  return from.kind === to.kind ? { kind: 'possible', narrows: false } : { kind: 'impossible' };
}

function isText(type: ColumnType): type is TextType {
  return type.kind === 'string' || type.kind === 'text' || type.kind === 'enum';
}

function isNumber(type: ColumnType): type is NumberType {
  return type.kind === 'int' || type.kind === 'bigint' || type.kind === 'float' || type.kind === 'decimal';
}

/** The values of enums are looked at one by one, elsewhere. */
function isTextNarrower(from: TextType, to: TextType): boolean {
  if (to.kind === 'text' || (from.kind === 'enum' && to.kind === 'enum')) return false;
  if (to.kind === 'enum') return true;
  return longestText(from) > to.length;
}

function longestText(type: TextType): number {
  if (type.kind === 'text') return Number.POSITIVE_INFINITY;
  return type.kind === 'enum' ? Math.max(...type.values.map((value) => value.length)) : type.length;
}

/** Digits before and after the point that every value of the type has room for; a float's are never exact. */
const digitsOf = (type: NumberType): { readonly whole: number; readonly fraction: number } => {
  switch (type.kind) {
    case 'int':
      return { whole: 10, fraction: 0 };
    case 'bigint':
      return { whole: 19, fraction: 0 };
    case 'decimal':
      return { whole: type.precision - type.scale, fraction: type.scale };
    case 'float':
      return { whole: Number.POSITIVE_INFINITY, fraction: Number.POSITIVE_INFINITY };
  }
};

/** Digits that a double keeps exactly. */
const exactDigits = 15;

function convertNumber(from: NumberType, to: NumberType): ColumnConversion {
  const sqlite = rescale(from, to);
  return { kind: 'possible', narrows: isNumberNarrower(from, to), ...(sqlite && { sqlite }) };
}

function isNumberNarrower(from: NumberType, to: NumberType): boolean {
  const [old, now] = [digitsOf(from), digitsOf(to)];
  if (to.kind === 'float') return from.kind !== 'float' && old.whole + old.fraction > exactDigits;
  return old.whole > now.whole || old.fraction > now.fraction;
}

/** `price * 100` where a whole number becomes a decimal with two places; undefined where the stored number stays. */
function rescale(from: NumberType, to: NumberType): ((column: string) => string) | undefined {
  const isWhole = to.kind !== 'float';
  const places = scaleOf(to) - scaleOf(from);
  const factor = `1${'0'.repeat(Math.abs(places))}`;
  const round = (value: string): string => (isWhole ? `CAST(ROUND(${value}) AS INTEGER)` : value);
  if (places < 0) return (column) => round(`${column} / ${factor}.0`);
  if (places > 0) return (column) => (from.kind === 'float' ? round(`${column} * ${factor}`) : `${column} * ${factor}`);
  return from.kind === 'float' && isWhole ? (column) => round(column) : undefined;
}

function scaleOf(type: NumberType): number {
  return type.kind === 'decimal' ? type.scale : 0;
}
