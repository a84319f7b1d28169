import { checkFieldRules } from './check-field-rules';
import { modifierPlace } from './modifier-place';
import { parseField } from './parse-field';
import type { FieldSpec } from './service-spec';
import type { SpecContext } from './spec-context';
import type { FieldDocument } from './spec-document';
import type { SpecPath } from './spec-path';

/** What the fields are of: a structure of `types`, or the input of an operation by query or body. */
export type PlainFieldUse = 'struct' | 'query' | 'body';

const rowModifiers = [
  'unique',
  'index',
  'search',
  'filter',
  'sort',
  'readonly',
  'immutable',
  'hidden',
  'visible',
  'was',
  'backfill',
] as const;
const useNames: Readonly<Record<PlainFieldUse, string>> = { struct: 'a structure', query: 'an input', body: 'an input' };

/** Fields that are no columns, so that what speaks of rows means nothing for them. */
export function parsePlainFields({
  fields,
  at,
  use,
  context,
}: {
  readonly fields: Readonly<Record<string, FieldDocument>>;
  readonly at: SpecPath;
  readonly use: PlainFieldUse;
  readonly context: SpecContext;
}): readonly FieldSpec[] {
  return Object.entries(fields).flatMap(([name, written]) => {
    const place = [...at, name];
    const field = parseField({ written, at: place, context });
    if (field === undefined) return [];
    checkFieldRules({ field, at: place, context });
    reportRowModifiers({ field, at: place, use, context });
    reportRowTypes({ field, at: place, use, context });
    return [field];
  });
}

interface PlainField {
  readonly field: FieldSpec;
  readonly at: SpecPath;
  readonly use: PlainFieldUse;
  readonly context: SpecContext;
}

function reportRowModifiers({ field, at, use, context }: PlainField): void {
  if (field.type.kind === 'slug' || field.type.kind === 'sequence') return;
  for (const modifier of rowModifiers) {
    if (field[modifier] === false || field[modifier] === undefined) continue;
    context.report({
      ...modifierPlace({ at, modifier, context }),
      code: 'misplaced-modifier',
      message: `"${modifier}" means nothing for ${useNames[use]}: "${field.name}" is no column.`,
      mend: 'remove it',
    });
  }
}

function reportRowTypes({ field, at, use, context }: PlainField): void {
  const { kind } = field.type;
  if (kind === 'slug' || kind === 'sequence') {
    context.report({
      at,
      code: 'misplaced-type',
      message: `"${kind}" is made by an entity, so ${useNames[use]} cannot have it.`,
      mend: kind === 'slug' ? 'write "string"' : 'write "int"',
    });
  }
  if (use === 'query' && (kind === 'json' || kind === 'bytes')) {
    context.report({
      at,
      code: 'misplaced-type',
      message: `"${field.name}" would stand in the query of the URL, which cannot hold ${kind}.`,
      mend: 'use POST, or a plain type',
    });
  }
}
