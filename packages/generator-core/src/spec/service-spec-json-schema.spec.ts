import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { serviceSpecJsonSchema } from './service-spec-json-schema';
import { serviceSpecDocument } from './spec-document';

const root = join(__dirname, '../../../..');
const committed = readFileSync(join(root, 'packages/generator-core/schema/service-spec.schema.json'), 'utf8');
const schema = JSON.parse(committed) as Schema;
const exampleNames = ['todo', 'bookstore', 'tracker'];

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** The keywords that our schema uses, and no others: an unknown keyword is an error, so that none goes unchecked. */
const knownKeywords = new Set(
  '$schema $defs $ref id title description type enum anyOf pattern minimum maximum items minItems uniqueItems required properties propertyNames additionalProperties minProperties maxProperties'.split(
    ' ',
  ),
);

function accepts(part: Schema, value: unknown): boolean {
  for (const keyword of Object.keys(part))
    if (!knownKeywords.has(keyword)) throw new Error(`The test does not know the keyword "${keyword}".`);
  const target = part.$ref === undefined ? undefined : schema.$defs?.[part.$ref.replace('#/$defs/', '')];
  if (part.$ref !== undefined && (target === undefined || !accepts(target, value))) return false;
  if (part.type !== undefined && kinds[part.type]?.(value) !== true) return false;
  if (part.enum !== undefined && !part.enum.includes(value)) return false;
  if (part.anyOf !== undefined && !part.anyOf.some((branch) => accepts(branch, value))) return false;
  if (typeof value === 'string') return part.pattern === undefined || new RegExp(part.pattern).test(value);
  if (typeof value === 'number') return value >= (part.minimum ?? -Infinity) && value <= (part.maximum ?? Infinity);
  if (Array.isArray(value)) return acceptsList(part, value);
  return typeof value !== 'object' || value === null || acceptsMapping(part, value as Readonly<Record<string, unknown>>);
}

function acceptsList(part: Schema, list: readonly unknown[]): boolean {
  if (list.length < (part.minItems ?? 0)) return false;
  if (part.uniqueItems === true && new Set(list).size !== list.length) return false;
  return part.items === undefined || list.every((item) => accepts(part.items ?? {}, item));
}

function acceptsMapping(part: Schema, mapping: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(mapping);
  if (keys.length < (part.minProperties ?? 0) || keys.length > (part.maxProperties ?? Infinity)) return false;
  if (part.required?.some((key) => !keys.includes(key)) === true) return false;
  if (part.propertyNames !== undefined && !keys.every((key) => accepts(part.propertyNames ?? {}, key))) return false;
  return keys.every((key) => {
    const inner = part.properties?.[key] ?? part.additionalProperties ?? true;
    return typeof inner === 'boolean' ? inner : accepts(inner, mapping[key]);
  });
}

/** Every value of a document replaced or renamed in turn. */
function variants(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return ['x y', 7, -1, true, null, [], {}, ['a', 'a']];
  if (Array.isArray(value)) {
    return [[], [...value, ...value], 'text', ...value.flatMap((item, index) => variants(item).map((other) => value.with(index, other)))];
  }
  return [
    {},
    [],
    { ...value, unknown_key: 1 },
    { ...value, 'Bad key': 'string' },
    ...Object.entries(value).flatMap(([key, inner]) => {
      const { [key]: _removed, ...rest } = value as Record<string, unknown>;
      return [rest, ...variants(inner).map((other) => ({ ...rest, [key]: other }))];
    }),
  ];
}

describe('the published schema', () => {
  test('is fresh (if not: npx tsx tools/write-json-schema.ts)', () => {
    expect(committed).toBe(serviceSpecJsonSchema());
  });

  test.each(exampleNames)('accepts %s', (name) => {
    expect(accepts(schema, parse(readFileSync(join(root, `examples/${name}.yaml`), 'utf8')))).toBe(true);
  });

  test.each(exampleNames)('and the reader agree on every variant of %s', (name) => {
    const document: unknown = parse(readFileSync(join(root, `examples/${name}.yaml`), 'utf8'));
    const disagreements = variants(document).filter(
      (variant) => accepts(schema, variant) !== serviceSpecDocument.safeParse(variant).success,
    );
    expect(disagreements).toEqual([]);
  });

  test.each(exampleNames)('is named by the first line of %s', (name) => {
    expect(readFileSync(join(root, `examples/${name}.yaml`), 'utf8').split('\n')[0]).toBe(
      '# yaml-language-server: $schema=../packages/generator-core/schema/service-spec.schema.json',
    );
  });
});
