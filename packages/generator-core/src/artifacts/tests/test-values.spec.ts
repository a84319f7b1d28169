import { expect, test } from 'vitest';
import type { FieldSpec, FieldType, ServiceSpec } from '../../spec/service-spec';
import { numberedValue, pythonJson, pythonRowValue, refusedValues, sampleValue, violatesInput } from './test-values';

const spec: ServiceSpec = {
  service: 'shop',
  pythonName: 'shop',
  version: '0.1.0',
  description: 'Shop.',
  enums: [
    {
      name: 'Size',
      maxLength: 5,
      members: [
        { member: 'SMALL', value: 'small', label: 'Small' },
        { member: 'LARGE', value: 'large', label: 'Large' },
      ],
    },
  ],
  structs: [],
  entities: [],
  operations: [],
  seed: [],
  telemetry: false,
  owned: [],
};

function field(type: FieldType, more: Partial<FieldSpec> = {}): FieldSpec {
  return {
    name: 'pen_name',
    type,
    nullable: false,
    unique: false,
    index: false,
    search: false,
    filter: false,
    sort: false,
    readonly: false,
    immutable: false,
    hidden: false,
    ...more,
  };
}

const decimal: FieldType = { kind: 'decimal', precision: 4, scale: 2 };

test('samples are valid, and a later one is greater', () => {
  const samples = (type: FieldType, more?: Partial<FieldSpec>) => [0, 1, 2].map((index) => sampleValue(spec, field(type, more), index));
  expect({
    string: samples({ kind: 'string', maxLength: 40 }),
    short: samples({ kind: 'string', minLength: 2, maxLength: 2 }),
    pattern: samples({ kind: 'string', maxLength: 9 }, { pattern: '^[A-Z]-[0-9]$' }),
    int: samples({ kind: 'int' }, { min: '-1', max: '0' }),
    below: samples({ kind: 'int' }, { max: '0' }),
    decimal: samples(decimal, { min: '0.5' }),
    fraction: samples({ kind: 'decimal', precision: 2, scale: 2 }),
    bool: samples({ kind: 'bool' }),
    date: samples({ kind: 'date' }),
    enum: samples({ kind: 'enum', enum: 'Size' }),
  }).toEqual({
    string: ['pen name a', 'pen name b', 'pen name c'],
    short: ['aa', 'ba', 'ca'],
    pattern: ['A-0', 'B-0', 'C-0'],
    int: [-1, 0, undefined],
    below: [-3, -2, -1],
    decimal: ['0.50', '1.50', '2.50'],
    fraction: ['0.00', '0.01', '0.02'],
    bool: [false, true, undefined],
    date: ['2026-01-15', '2026-01-16', '2026-01-17'],
    enum: ['small', 'large', undefined],
  });
});

test('factories number what has room for it', () => {
  const row = (type: FieldType, more?: Partial<FieldSpec>) => numberedValue(spec, field(type, more), 'row');
  expect([
    row({ kind: 'string', maxLength: 40 }),
    row({ kind: 'string', minLength: 2, maxLength: 2 }),
    row({ kind: 'string', maxLength: 9 }, { pattern: '^X[0-9]{2}$' }),
    row({ kind: 'email' }),
    row({ kind: 'int' }, { unique: true, min: '1', max: '9' }),
    row(decimal),
    row({ kind: 'enum', enum: 'Size' }),
  ]).toEqual([
    'f"pen name {unique}"',
    'fitting(unique, *[ascii_lowercase] * 2)',
    'fitting(unique, "X", *[digits] * 2)',
    'f"person{unique}@example.com"',
    '1 + unique % 9',
    'Decimal("1.00")',
    'Size.SMALL',
  ]);
});

test('values as Python', () => {
  expect([
    pythonJson({ a: [true, null, 'é"'], b: 1.5 }),
    pythonRowValue(spec, { kind: 'date' }, '2026-01-05'),
    pythonRowValue(spec, { kind: 'json' }, { street: 'x' }),
    pythonRowValue(spec, { kind: 'datetime' }, 'now'),
  ]).toEqual(['{"a": [True, None, "é\\""], "b": 1.5}', 'dt.date(2026, 1, 5)', '{"street": "x"}', 'utc_now()']);
});

test('each constraint has a value that breaks it', () => {
  expect({
    string: refusedValues(spec, field({ kind: 'string', minLength: 3, maxLength: 5 }, { pattern: '^[a-z]+$' })),
    int: refusedValues(spec, field({ kind: 'int' }, { min: '1', max: '5', nullable: true })),
    decimal: refusedValues(spec, field(decimal, { min: '0' })),
  }).toEqual({
    string: ['None', '"x" * 6', '"x" * 2', '"~" * 3', '"aaaa~"', '"a" * 2 + "\\0"'],
    int: ['2**31', '"many"', '0', '6'],
    decimal: ['None', '"100"', '"0.001"', '"NaN"', '"-0.01"'],
  });
});

test('input that the schema refuses for certain', () => {
  const amount = field({ kind: 'int' }, { name: 'amount', min: '1' });
  const violates = (values: Readonly<Record<string, unknown>>): boolean =>
    violatesInput(
      spec,
      [amount],
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { kind: 'scalar', value: value as number }])),
    );
  expect([
    violates({ amount: 1 }),
    violates({ amount: 0 }),
    violates({}),
    violates({ amount: 1, more: 1 }),
    violates({ amount: 'many' }),
  ]).toEqual([false, true, true, true, true]);
});
