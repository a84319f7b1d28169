import type { FieldDraft, FieldKind } from './draft';
import type { Random } from './random';

export type TypeDraft = Pick<FieldDraft, 'kind' | 'type' | 'min' | 'max' | 'pattern' | 'schema' | 'values'>;

export interface TypeScope {
  readonly enums: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly structs: readonly string[];
  /** Required texts of the entity, for slugs; empty where there is no entity. */
  readonly slugSources: readonly string[];
  readonly isQuery: boolean;
  /** A column of an entity, or a value that is none. */
  readonly isColumn: boolean;
  /** The values must be many, for a field that is unique. */
  readonly isUnique: boolean;
}

const kinds: readonly FieldKind[] = [
  'string',
  'string',
  'string',
  'text',
  'int',
  'int',
  'bigint',
  'float',
  'decimal',
  'decimal',
  'bool',
  'date',
  'datetime',
  'time',
  'uuid',
  'email',
  'url',
  'json',
  'bytes',
  'slug',
  'enum',
  'enum',
];
const uniqueKinds: readonly FieldKind[] = ['string', 'int', 'bigint', 'decimal', 'date', 'datetime', 'uuid', 'email', 'url'];

export function randomType(random: Random, scope: TypeScope): TypeDraft {
  const possible = (scope.isUnique ? uniqueKinds : kinds).filter(
    (kind) =>
      !(kind === 'enum' && scope.enums.length === 0) &&
      !(kind === 'slug' && scope.slugSources.length === 0) &&
      !(kind === 'json' && scope.isQuery) &&
      !(kind === 'bytes' && !scope.isColumn),
  );
  return typeOf(random, random.pick(possible), scope);
}

function typeOf(random: Random, kind: FieldKind, scope: TypeScope): TypeDraft {
  switch (kind) {
    case 'string':
      return random.chance(0.35) ? patternedType(random, scope) : plainString(random, scope);
    case 'text':
      return { kind, type: random.pick(['text', 'text(1000000)', 'text(20)']), values: ['some words', 'other words', 'more words'] };
    case 'int':
    case 'bigint':
      return integerType(random, kind, scope);
    case 'float':
      return { kind, type: kind, ...random.pick(floatRanges) };
    case 'decimal':
      return decimalType(random, scope);
    case 'bool':
      return { kind, type: kind, values: [true, false] };
    case 'date':
      return { kind, type: kind, values: ['2026-01-31', '1999-12-31', '2000-02-29'] };
    case 'datetime':
      return { kind, type: kind, values: ['2026-01-31T12:00:00Z', '1999-12-31T23:59:59.999999Z', '2026-06-01T00:00:00+02:00'] };
    case 'time':
      return { kind, type: kind, values: ['12:30:00', '23:59:59', '00:00'] };
    case 'uuid':
      return { kind, type: kind, values: ['018f0000-0000-7000-8000-0000000000aa', '018f0000-0000-7000-8000-0000000000bb'] };
    case 'email':
      return { kind, type: kind, values: ['ann@example.com', 'bob@example.org', 'eve@example.net'] };
    case 'url':
      return { kind, type: kind, values: ['https://example.com/', 'http://example.org/a?b=c', 'https://example.net/x#y'] };
    case 'json':
      return random.chance(0.5) && scope.structs.length > 0
        ? { kind, type: kind, schema: random.pick(scope.structs), values: [] }
        : { kind, type: kind, values: [] };
    case 'bytes':
      return { kind, type: random.pick(['bytes', 'bytes(3)', 'bytes(300)', 'bytes(699999)']), values: [] };
    case 'sequence':
      return { kind, type: 'int', values: [1, 2, 3] };
    case 'slug':
      return { kind, type: `slug(${random.pick(scope.slugSources)})`, values: [] };
    case 'enum': {
      const chosen = random.pick(scope.enums);
      return { kind, type: chosen.name, values: chosen.values };
    }
  }
}

function plainString(random: Random, { isUnique }: TypeScope): TypeDraft {
  const types = ['string', 'string(80)', 'string(1..200)', 'string(0..30)', 'string(3..40)', 'string(10000)', 'string(20..20)'];
  const short = ['string(1)', 'string(2..2)', 'string(1..1)', 'string(5)'];
  const type = random.pick(isUnique ? types : [...types, ...short]);
  const length = Number(/(\d+)\)$/.exec(type)?.[1] ?? 9);
  const least = Number(/\((\d+)\.\./.exec(type)?.[1] ?? 1);
  const width = Math.min(length, Math.max(least, 7));
  return { kind: 'string', type, values: ['a', 'b', 'c'].map((letter) => letter.repeat(width)) };
}

const fewTexts = '^(ab|cd)x*$';

const patterns: readonly { readonly pattern: string; readonly least: number; readonly most: number; readonly values: readonly string[] }[] =
  [
    { pattern: '^[a-z]+$', least: 1, most: 40, values: ['abc', 'def', 'ghi'] },
    { pattern: '^[A-Z]{2}-[0-9]+$', least: 4, most: 30, values: ['AB-1', 'AB-2', 'CD-34'] },
    { pattern: '^#[0-9a-f]{6}$', least: 7, most: 7, values: ['#00ff00', '#0000ff', '#abcdef'] },
    { pattern: '^97[89][0-9]{10}$', least: 13, most: 13, values: ['9780000000001', '9790000000002', '9780000000003'] },
    { pattern: '^\\d{4}\\.\\d{2}$', least: 7, most: 7, values: ['1234.56', '0000.00', '9999.99'] },
    { pattern: fewTexts, least: 2, most: 20, values: ['ab', 'cdx', 'abxx'] },
    { pattern: '^\\+?[0-9 ]{3,12}$', least: 3, most: 13, values: ['+123', '456', '789 0'] },
    { pattern: '[a-z]', least: 1, most: 20, values: ['abc', 'xAx', '9z'] },
    { pattern: '^[^/\\s]+$', least: 1, most: 20, values: ['a', 'b-c', '%'] },
    { pattern: '^[A-Z][A-Z0-9]+$', least: 2, most: 10, values: ['AB', 'C3', 'XYZ'] },
    { pattern: '^(?:x|yy)-[a-f]{2,}$', least: 4, most: 20, values: ['x-ab', 'yy-cd', 'x-fff'] },
    { pattern: '^\\$[0-9]{1,5}$', least: 2, most: 6, values: ['$1', '$22', '$333'] },
    { pattern: "^it's[0-9]{3}$", least: 7, most: 7, values: ["it's123", "it's456", "it's789"] },
    { pattern: '^"[a-z]{3,9}"$', least: 5, most: 11, values: ['"abc"', '"def"', '"ghi"'] },
    { pattern: '^[a-z]:\\\\[a-z]{2,8}$', least: 5, most: 11, values: ['c:\\ab', 'd:\\cd', 'e:\\ef'] },
    { pattern: '^\\w+ \\w+$', least: 3, most: 30, values: ['a b', 'c d', 'ee ff'] },
  ];

function patternedType(random: Random, { isUnique }: TypeScope): TypeDraft {
  const picked = random.pick(patterns);
  // Nobody asks for texts that all differ where there are a handful.
  const { pattern, least, most, values } = isUnique && picked.pattern === fewTexts ? patterns[0]! : picked;
  const longest = Math.max(...values.map(({ length }) => length));
  const length = Math.max(longest, most - random.below(Math.max(1, most - longest)));
  const type = random.chance(0.5) ? `string(${length})` : `string(${Math.min(least, ...values.map((value) => value.length))}..${length})`;
  return { kind: 'string', type, pattern, values };
}

function integerType(random: Random, kind: 'int' | 'bigint', { isUnique }: TypeScope): TypeDraft {
  const widest = kind === 'int' ? ['-2147483648', '2147483647'] : ['-9223372036854775808', '9223372036854775807'];
  const ranges = [
    {},
    { min: '0' },
    { min: '1' },
    { max: '100000' },
    { min: '-5', max: '100005' },
    { min: widest[0], max: widest[1] },
    { max: widest[1] },
    { min: widest[0] },
  ];
  const narrow = [{ min: '1', max: '5' }, { min: '0', max: '0' }, { min: '-2', max: '-1' }, { min: '7', max: '7' }, { max: '-3' }];
  const range: { min?: string | undefined; max?: string | undefined } = random.pick(isUnique ? ranges : [...ranges, ...narrow]);
  const first = Math.max(Number(range.min ?? 1), -1000);
  const start = range.max === undefined ? first : Math.min(first, Number(range.max));
  const values = [start, start + 1, start + 2].filter((value) => range.max === undefined || value <= Number(range.max));
  return { kind, type: kind, ...given(range), values };
}

const floatRanges: readonly Omit<TypeDraft, 'kind' | 'type'>[] = [
  { values: [0.5, -1.25, 3] },
  { min: '0', values: [0, 0.1, 99.9] },
  { min: '-0.5', max: '0.5', values: [0, 0.25, -0.5] },
  { min: '1.5', max: '1.5', values: [1.5] },
  { max: '-10.25', values: [-10.25, -11, -12] },
  { min: '0.001', values: [0.001, 1, 2] },
];

function decimalType(random: Random, { isUnique }: TypeScope): TypeDraft {
  const wide: readonly Omit<TypeDraft, 'kind'>[] = [
    { type: 'decimal(10,2)', values: ['9.99', '0.01', '12.5'] },
    { type: 'decimal(10,2)', min: '0', values: ['0', '0.05', '1.00'] },
    { type: 'decimal(18,0)', values: ['1', '999999999999999999', '3'] },
    { type: 'decimal(18,10)', min: '0.0000000001', values: ['0.0000000001', '12345678.0123456789', '2'] },
    { type: 'decimal(12,3)', min: '-99999.5', max: '99999.5', values: ['-99999.5', '0.125', '7'] },
  ];
  const narrow: readonly Omit<TypeDraft, 'kind'>[] = [
    { type: 'decimal(1,0)', values: ['1', '9', '0'] },
    { type: 'decimal(1,1)', values: ['0.1', '0.9', '0'] },
    { type: 'decimal(18,18)', values: ['0.1', '0.000000000000000001', '0'] },
    { type: 'decimal(5,2)', min: '0.5', max: '99.5', values: ['0.5', '99.5', '1'] },
    { type: 'decimal(4,2)', min: '1.25', max: '1.25', values: ['1.25'] },
    { type: 'decimal(3,2)', max: '-0.01', values: ['-0.01', '-9.99', '-1'] },
  ];
  return { kind: 'decimal', ...random.pick(isUnique ? wide : [...wide, ...narrow]) };
}

/** Without the members that are undefined. */
function given(range: { min?: string | undefined; max?: string | undefined }): Pick<TypeDraft, 'min' | 'max'> {
  return { ...(range.min !== undefined && { min: range.min }), ...(range.max !== undefined && { max: range.max }) };
}
