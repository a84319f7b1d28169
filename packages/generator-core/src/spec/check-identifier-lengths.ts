import type { EntitySpec, ServiceSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';

/** PostgreSQL cuts longer names, so that two of them may become one. */
const longestIdentifier = 63;

interface Identifier {
  readonly name: string;
  readonly at: SpecPath;
  readonly on: 'key' | 'value';
}

/** Tables, columns and the constraints named after them; at most one fault for each place. */
export function checkIdentifierLengths({ entities }: ServiceSpec, context: SpecContext): void {
  const tables = new Map(entities.map(({ name, table }) => [name, table]));
  for (const entity of entities) {
    if (entity.table.length + 'pk_'.length > longestIdentifier) {
      reportLong({
        identifier: { name: `pk_${entity.table}`, at: entityPath(entity.name), on: 'key' },
        mend: 'give the entity a shorter "table"',
        context,
      });
      continue;
    }
    const reported = new Set<string>();
    for (const identifier of identifiersOf(entity, tables)) {
      const place = JSON.stringify(identifier.at);
      if (identifier.name.length <= longestIdentifier || reported.has(place)) continue;
      reported.add(place);
      reportLong({ identifier, mend: 'shorten the name, or give the entity a shorter "table"', context });
    }
  }
}

function reportLong({
  identifier,
  mend,
  context,
}: {
  readonly identifier: Identifier;
  readonly mend: string;
  readonly context: SpecContext;
}): void {
  const { name, at, on } = identifier;
  context.report({
    at,
    on,
    code: 'identifier-too-long',
    message: `the database name "${name}" has ${name.length} characters, more than the ${longestIdentifier} that PostgreSQL keeps.`,
    mend,
  });
}

function identifiersOf(entity: EntitySpec, tables: ReadonlyMap<string, string>): readonly Identifier[] {
  const { table } = entity;
  const at = entityPath(entity.name);
  return [
    ...entity.fields.flatMap((field): readonly Identifier[] => {
      const names = [
        field.name,
        ...(hasCheck(field) ? [`ck_${table}_${field.name}_pattern`] : []),
        ...(field.unique ? [`uq_${table}_${field.name}`] : []),
        ...(field.index || field.filter || field.sort ? [`ix_${table}_${field.name}`] : []),
      ];
      return names.map((name) => ({ name, at: [...at, 'fields', field.name], on: 'key' }));
    }),
    ...entity.relations.flatMap((relation): readonly Identifier[] => {
      const place = { at: [...at, 'relations', relation.name], on: 'key' } as const;
      const target = tables.get(relation.target) ?? '';
      if (relation.kind === 'belongs_to') return [{ ...place, name: `fk_${table}_${relation.column}_${target}` }];
      if (relation.kind !== 'many_to_many' || !relation.declared) return [];
      return [
        { ...place, name: `fk_${relation.linkTable}_${relation.localColumn}_${table}` },
        { ...place, name: `fk_${relation.linkTable}_${relation.remoteColumn}_${target}` },
        ...(relation.reflexive ? [] : [{ ...place, name: `ck_${relation.linkTable}_no_self_link` }]),
      ];
    }),
    ...entity.uniqueTogether.map((columns, index): Identifier => ({
      name: `uq_${table}_${columns.join('_')}`,
      at: [...at, 'unique', index],
      on: 'value',
    })),
    ...entity.indexes.map((columns, index): Identifier => ({
      name: `ix_${table}_${columns.map(({ column }) => column).join('_')}`,
      at: [...at, 'indexes', index],
      on: 'value',
    })),
    ...entity.checks.map(({ name }): Identifier => ({ name: `ck_${table}_${name}`, at: [...at, 'checks', name], on: 'key' })),
  ];
}

function hasCheck({ type, min, max, pattern }: EntitySpec['fields'][number]): boolean {
  return (
    min !== undefined ||
    max !== undefined ||
    pattern !== undefined ||
    ['enum', 'string', 'text', 'email', 'url', 'slug', 'sequence'].includes(type.kind)
  );
}
