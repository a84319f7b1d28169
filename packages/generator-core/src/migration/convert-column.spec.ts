import { expect, test } from 'vitest';
import type { ColumnType } from '../artifacts/tables/table-description';
import { convertColumn } from './convert-column';

const int: ColumnType = { kind: 'int' };
const bigint: ColumnType = { kind: 'bigint' };
const float: ColumnType = { kind: 'float' };
const text: ColumnType = { kind: 'text' };
const string = (length: number): ColumnType => ({ kind: 'string', length });
const decimal = (precision: number, scale: number): ColumnType => ({ kind: 'decimal', precision, scale });
const status: ColumnType = { kind: 'enum', enum: 'Status', length: 32, values: ['pending', 'paid'] };

test.each([
  ['longer text', string(10), string(20), false, undefined],
  ['shorter text', string(20), string(10), true, undefined],
  ['text without end', string(20), text, false, undefined],
  ['text with an end', text, string(20), true, undefined],
  ['an enum as text', status, string(7), false, undefined],
  ['an enum as text that is too short', status, string(6), true, undefined],
  ['text as an enum', string(7), status, true, undefined],
  ['more bits', int, bigint, false, undefined],
  ['fewer bits', bigint, int, true, undefined],
  ['a whole number as a float', int, float, false, undefined],
  ['a long whole number as a float', bigint, float, true, undefined],
  ['a float as a whole number', float, int, true, 'CAST(ROUND(x) AS INTEGER)'],
  ['a whole number as a decimal', int, decimal(12, 2), false, 'x * 100'],
  ['a whole number as a decimal that is too small', int, decimal(11, 2), true, 'x * 100'],
  ['a decimal as a whole number', decimal(8, 2), bigint, true, 'CAST(ROUND(x / 100.0) AS INTEGER)'],
  ['a decimal without places as a whole number', decimal(9, 0), int, false, undefined],
  ['more digits', decimal(8, 2), decimal(10, 2), false, undefined],
  ['more places', decimal(8, 2), decimal(10, 4), false, 'x * 100'],
  ['more places and fewer digits before them', decimal(8, 2), decimal(8, 4), true, 'x * 100'],
  ['fewer places', decimal(8, 4), decimal(8, 2), true, 'CAST(ROUND(x / 100.0) AS INTEGER)'],
  ['a float as a decimal', float, decimal(8, 2), true, 'CAST(ROUND(x * 100) AS INTEGER)'],
  ['a decimal as a float', decimal(15, 2), float, false, 'x / 100.0'],
  ['a long decimal as a float', decimal(16, 2), float, true, 'x / 100.0'],
])('%s', (_, from, to, narrows, sqlite) => {
  const conversion = convertColumn(from, to);
  expect(conversion).toMatchObject({ kind: 'possible', narrows });
  expect(conversion.kind === 'possible' ? conversion.sqlite?.('x') : '').toBe(sqlite);
});

test.each<[ColumnType, ColumnType]>([
  [text, int],
  [int, text],
  [{ kind: 'date' }, { kind: 'datetime' }],
  [{ kind: 'bool' }, int],
  [{ kind: 'uuid' }, { kind: 'int-key' }],
  [{ kind: 'json' }, text],
])('nothing is guessed from %o to %o', (from, to) => {
  expect(convertColumn(from, to)).toEqual({ kind: 'impossible' });
});
