import { checkRowValues, type RowScope } from './check-row-values';
import { didYouMean } from './did-you-mean';
import { identifyingNames } from './identifying-names';
import { readExampleValue } from './example-value';
import type { EntitySpec, ExampleValue, SeedRow } from './service-spec';
import type { SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';

/** The rows of `seed:` in spec order. A linked row is named by its values; a user row also has `role` and `password`. */
export function parseSeed(entities: readonly EntitySpec[], context: SpecContext): readonly SeedRow[] {
  const scope: RowScope = { aliases: new Map(), declaredAliases: [], entities, use: 'seed', context };
  return Object.entries(context.document.seed ?? {}).flatMap(([name, rows]) => {
    const entity = entities.find((known) => known.name === name);
    if (entity === undefined) {
      if (!context.isWritten(['entities', name])) {
        context.report({
          at: ['seed', name],
          on: 'key',
          code: 'unknown-entity',
          message: `there is no entity "${name}".`,
          mend: didYouMean({ word: name, candidates: context.entities }),
        });
      }
      return [];
    }
    const read = rows.map((row, index) => parseRow({ entity, row, at: ['seed', name, index], scope }));
    reportRepeated(entity, read, context);
    return read;
  });
}

/** A row is looked for before it is made, so that seeding again changes nothing: two of the same values are one. */
function reportRepeated(entity: EntitySpec, rows: readonly SeedRow[], context: SpecContext): void {
  const keys = rows.map(({ values }) => JSON.stringify(identifyingNames(entity, values).map((name) => [name, values[name]])));
  keys.forEach((key, index) => {
    const first = keys.indexOf(key);
    if (first === index) return;
    context.report({
      at: ['seed', entity.name, index],
      code: 'repeated-row',
      message: `row ${index + 1} cannot be told from row ${first + 1}, so only one of them would be made.`,
      mend: 'remove it, or give it another value of a field that is no json',
    });
  });
}

function parseRow({
  entity,
  row,
  at,
  scope,
}: {
  readonly entity: EntitySpec;
  readonly row: Readonly<Record<string, unknown>>;
  readonly at: SpecPath;
  readonly scope: RowScope;
}): SeedRow {
  const values: Readonly<Record<string, ExampleValue>> = Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, seedValue(value)]),
  );
  checkRowValues({ entity, values, at, scope });
  reportMissing({ entity, values, at, scope });
  return { entity: entity.name, values };
}

/** A seed has no aliases: `$ann` is a text there. */
function seedValue(written: unknown): ExampleValue {
  const value = readExampleValue(written);
  return value.kind === 'reference' ? { kind: 'scalar', value: String(written) } : value;
}

function reportMissing({
  entity,
  values,
  at,
  scope,
}: {
  readonly entity: EntitySpec;
  readonly values: Readonly<Record<string, ExampleValue>>;
  readonly at: SpecPath;
  readonly scope: RowScope;
}): void {
  const fields = entity.fields.filter((field) => !field.nullable && field.default === undefined && field.type.kind !== 'slug');
  const links = entity.relations.filter((relation) => relation.kind === 'belongs_to' && !relation.nullable);
  const needed = [...fields, ...links].map(({ name }) => name).concat(entity.isUser ? ['password'] : []);
  const missing = needed.filter((name) => !Object.hasOwn(values, name));
  if (missing.length === 0) return;
  const message = `the row lacks ${missing.map((name) => `"${name}"`).join(' and ')}, which ${entity.name} requires.`;
  scope.context.report({
    at,
    code: 'missing-value',
    message,
    mend: missing.includes('password') ? 'add it; write password: "${SEED_PASSWORD}" to take it from the environment' : 'add it to the row',
  });
}
