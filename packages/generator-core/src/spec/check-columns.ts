import { checkFieldRules } from './check-field-rules';
import { didYouMean } from './did-you-mean';
import { modifierPlace } from './modifier-place';
import type { EntitySpec, FieldSpec, FieldType, ServiceSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';

interface ColumnCheck {
  readonly entity: EntitySpec;
  readonly field: FieldSpec;
  readonly at: SpecPath;
  readonly context: SpecContext;
}

const queryModifiers = ['filter', 'sort', 'search'] as const;
type ColumnModifier = (typeof queryModifiers)[number] | 'unique' | 'index';
const searchable: readonly FieldType['kind'][] = ['string', 'text', 'email', 'url', 'slug'];
const opaque: readonly FieldType['kind'][] = ['json', 'bytes'];
const unkeyed: readonly FieldType['kind'][] = ['json', 'bytes', 'text'];

/** Fields of entities: modifiers that fit the type, nothing that lets out what is hidden. */
export function checkColumns({ entities }: ServiceSpec, context: SpecContext): void {
  for (const entity of entities) {
    for (const field of entity.fields) {
      const check = { entity, field, at: entityPath(entity.name, 'fields', field.name), context };
      checkFieldRules(check);
      checkModifiers(check);
      checkLeaks(check);
      checkMadeFields(check);
    }
  }
}

function checkModifiers({ field, at, context }: ColumnCheck): void {
  const { kind } = field.type;
  const refused: Readonly<Record<ColumnModifier, boolean>> = {
    search: !searchable.includes(kind),
    sort: opaque.includes(kind),
    filter: opaque.includes(kind),
    unique: unkeyed.includes(kind),
    index: unkeyed.includes(kind),
  };
  for (const modifier of Object.keys(refused) as ColumnModifier[]) {
    if (!field[modifier] || !refused[modifier]) continue;
    const mend =
      modifier === 'search'
        ? 'remove it; string, text, email and url fields can be searched'
        : kind === 'text'
          ? 'use string(255), which a database index can hold'
          : 'remove it';
    context.report({
      ...modifierPlace({ at, modifier, context }),
      code: 'misplaced-modifier',
      message: `"${modifier}" cannot be done for the type ${kind}.`,
      mend,
    });
  }
  if (field.hidden && field.visible !== undefined) {
    context.report({
      ...modifierPlace({ at, modifier: 'visible', context }),
      code: 'contradicting-access',
      message: `"${field.name}" is hidden from everybody, so "visible" means nothing.`,
      mend: 'keep one of the two',
    });
  }
}

/** Who may filter or sort by a value can find it out, row by row. */
function checkLeaks({ field, at, context }: ColumnCheck): void {
  if (!field.hidden && field.visible === undefined) return;
  for (const modifier of queryModifiers) {
    if (!field[modifier]) continue;
    const why = field.hidden ? 'is hidden' : 'is not shown to everybody';
    context.report({
      ...modifierPlace({ at, modifier, context }),
      code: 'leaks-hidden-field',
      message: `"${field.name}" ${why}, but with "${modifier}" its values could be found out.`,
      mend: `remove "${modifier}" or show the field`,
    });
  }
}

function checkMadeFields({ entity, field, at, context }: ColumnCheck): void {
  if (field.type.kind === 'slug') checkSlug({ entity, field, at, context, from: field.type.from });
  if (field.type.kind === 'sequence') checkSequence({ entity, field, at, context, parent: field.type.parent });
  const isMade = field.type.kind === 'slug' || field.type.kind === 'sequence';
  if (isMade && field.nullable) {
    context.report({
      at,
      code: 'misplaced-modifier',
      message: `"${field.name}" is made for every row, so it is never null.`,
      mend: 'remove the "?"',
    });
  }
}

function checkSlug({ entity, field, at, context, from }: ColumnCheck & { readonly from: string }): void {
  const source = entity.fields.find(({ name }) => name === from);
  const isText = source?.type.kind === 'string' || source?.type.kind === 'text';
  if (source !== undefined && isText && !source.nullable && source !== field) return;
  if (source === undefined && context.isWritten(entityPath(entity.name, 'fields', from))) return;
  const candidates = entity.fields
    .filter(({ type, nullable }) => (type.kind === 'string' || type.kind === 'text') && !nullable)
    .map(({ name }) => name);
  const message =
    source === undefined
      ? `${entity.name} has no field "${from}" to make the slug from.`
      : `a slug is made from a required string, which "${from}" is not.`;
  context.report({
    at,
    offset: 'slug('.length,
    code: source === undefined ? 'unknown-field' : 'bad-slug',
    message,
    mend: didYouMean({ word: from, candidates, otherwise: 'name a required string field' }),
  });
}

function checkSequence({ entity, at, context, parent }: ColumnCheck & { readonly parent: string }): void {
  const links = entity.relations.flatMap((relation) => (relation.kind === 'belongs_to' ? [relation] : []));
  const link = links.find(({ name }) => name === parent);
  if (link !== undefined && !link.nullable) return;
  if (link === undefined && context.isWritten(entityPath(entity.name, 'relations', parent))) return;
  const message =
    link === undefined
      ? `${entity.name} has no belongs_to "${parent}" to count within.`
      : `the numbers count within "${parent}", so it must be required.`;
  const candidates = links.filter(({ nullable }) => !nullable).map(({ name }) => name);
  context.report({
    at,
    offset: 'sequence('.length,
    code: 'unknown-relation',
    message,
    mend: didYouMean({ word: parent, candidates, otherwise: 'name a required belongs_to' }),
  });
}
