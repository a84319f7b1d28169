import { didYouMean } from './did-you-mean';
import { parseFieldType, type TypeReading } from './parse-field-type';
import type { ComputedSpec, FieldSpec, FieldType, RelationSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';
import type { EntityDocument } from './spec-document';
import { splitWords } from './split-words';
import type { SpecPath } from './spec-path';

type ComputedDocument = NonNullable<EntityDocument['computed']>[string];
type Aggregate = ComputedSpec['aggregate'];

const aggregates = ['count', 'avg', 'sum', 'min', 'max'] as const satisfies readonly Aggregate[];
const numbers: readonly FieldType['kind'][] = ['int', 'bigint', 'float', 'decimal'];
const ordered: readonly FieldType['kind'][] = [...numbers, 'date', 'datetime', 'time'];

interface ComputedReading {
  readonly entity: string;
  readonly name: string;
  readonly written: ComputedDocument;
  readonly relations: readonly RelationSpec[];
  readonly fieldsOf: (entity: string) => readonly FieldSpec[];
  readonly context: SpecContext;
}

/** `rating: { type: float?, sql: avg(reviews.stars) }`; undefined after a fault. */
export function parseComputed(reading: ComputedReading): ComputedSpec | undefined {
  const { entity, name, written, context } = reading;
  const at = entityPath(entity, 'computed', name);
  const type = computedType({ text: written.type, at: [...at, 'type'], context });
  const form = aggregateForm({ sql: written.sql, at, context });
  if (form === undefined) return undefined;
  const source = aggregateSource({ ...reading, form, at: [...at, 'sql'] });
  if (source === undefined || type === undefined) return undefined;
  if (!checkType({ type, form, source, at: [...at, 'type'], context })) return undefined;
  return {
    name,
    type: type.type,
    nullable: type.nullable,
    aggregate: form.aggregate,
    relation: source.relation.name,
    ...(source.field && { field: source.field.name }),
    ...(written.describe !== undefined && { description: written.describe }),
  };
}

function computedType({
  text,
  at,
  context,
}: {
  readonly text: string;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): TypeReading | undefined {
  const [word, rest] = splitWords(text);
  if (word === undefined) {
    context.report({ at, code: 'missing-value', message: 'the computed value has no type.', mend: 'write a type: int, float?' });
    return undefined;
  }
  if (rest !== undefined)
    context.report({
      at,
      offset: rest.offset,
      code: 'misplaced-modifier',
      message: `"${rest.text}" means nothing for a computed value.`,
      mend: 'remove it',
    });
  return parseFieldType({ word, at, context });
}

interface AggregateForm {
  readonly aggregate: Aggregate;
  readonly relation: string;
  readonly field: string | undefined;
}

const forms = 'count(reviews), or avg, sum, min or max of one field: avg(reviews.stars)';

function aggregateForm({
  sql,
  at,
  context,
}: {
  readonly sql: string | undefined;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): AggregateForm | undefined {
  if (sql === undefined) {
    context.report({
      at,
      on: 'key',
      code: 'missing-key',
      message: '"sql" is missing, so nothing says how the value is made.',
      mend: `add "sql:" with ${forms}`,
    });
    return undefined;
  }
  const [, written = '', relation = '', field] = sql.match(/^\s*([a-z]+)\(\s*([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?\s*\)\s*$/) ?? [];
  const aggregate = aggregates.find((known) => known === written);
  if (aggregate !== undefined && (aggregate === 'count') === (field === undefined)) return { aggregate, relation, field };
  context.report({
    at: [...at, 'sql'],
    code: 'bad-computed',
    message: `"${sql}" is not a form that works on every database.`,
    mend: `write ${forms}`,
  });
  return undefined;
}

interface AggregateSource {
  readonly relation: RelationSpec;
  readonly field: FieldSpec | undefined;
}

function aggregateSource({
  entity,
  form,
  relations,
  fieldsOf,
  at,
  context,
}: ComputedReading & { readonly form: AggregateForm; readonly at: SpecPath }): AggregateSource | undefined {
  const offset = form.aggregate.length + 1;
  const many = relations.filter(({ kind }) => kind === 'has_many' || kind === 'many_to_many');
  const relation = many.find(({ name }) => name === form.relation);
  if (relation === undefined) {
    if (context.isWritten(entityPath(entity, 'relations', form.relation)) && !relations.some(({ name }) => name === form.relation))
      return undefined;
    context.report({
      at,
      offset,
      code: 'unknown-relation',
      message: `"${form.relation}" is not a has_many or many_to_many of ${entity}.`,
      mend: didYouMean({
        word: form.relation,
        candidates: many.map(({ name }) => name),
        otherwise: 'add the relation or remove the computed value',
      }),
    });
    return undefined;
  }
  if (form.field === undefined) return { relation, field: undefined };
  return sourceField({
    relation,
    name: form.field,
    aggregate: form.aggregate,
    fieldsOf,
    at,
    offset: offset + form.relation.length + 1,
    context,
  });
}

function sourceField({
  relation,
  name,
  aggregate,
  fieldsOf,
  at,
  offset,
  context,
}: {
  readonly relation: RelationSpec;
  readonly name: string;
  readonly aggregate: Aggregate;
  readonly fieldsOf: ComputedReading['fieldsOf'];
  readonly at: SpecPath;
  readonly offset: number;
  readonly context: SpecContext;
}): AggregateSource | undefined {
  const kinds = aggregate === 'avg' || aggregate === 'sum' ? numbers : ordered;
  const fields = fieldsOf(relation.target);
  const field = fields.find((known) => known.name === name);
  const usable = fields.filter(({ type }) => kinds.includes(type.kind)).map((known) => known.name);
  if (field === undefined) {
    if (context.isWritten(entityPath(relation.target, 'fields', name))) return undefined;
    context.report({
      at,
      offset,
      code: 'unknown-field',
      message: `${relation.target} has no field "${name}".`,
      mend: didYouMean({ word: name, candidates: usable, otherwise: 'name a field of numbers' }),
    });
  } else if (!kinds.includes(field.type.kind)) {
    context.report({
      at,
      offset,
      code: 'bad-computed',
      message: `${aggregate} cannot be taken of "${name}", which is of type ${field.type.kind}.`,
      mend: didYouMean({ word: name, candidates: usable, otherwise: 'name a field of numbers' }),
    });
  } else if (field.hidden || field.visible !== undefined) {
    context.report({
      at,
      offset,
      code: 'leaks-hidden-field',
      message: `"${name}" is not shown to everybody, but everybody would see its ${aggregate}.`,
      mend: 'name another field or show this one',
    });
  } else return { relation, field };
  return undefined;
}

function checkType({
  type,
  form,
  source,
  at,
  context,
}: {
  readonly type: TypeReading;
  readonly form: AggregateForm;
  readonly source: AggregateSource;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): boolean {
  const wanted = wantedTypes(form.aggregate, source.field);
  const wrongType = !wanted.includes(type.type.kind);
  const wrongNull = form.aggregate === 'count' ? type.nullable : form.aggregate !== 'sum' && !type.nullable;
  if (!wrongType && !wrongNull) return true;
  const mark = form.aggregate === 'count' || form.aggregate === 'sum' ? '' : '?';
  const suggestion = `${wrongType ? (wanted[0] ?? 'float') : type.type.kind}${mark}`;
  const message = wrongType
    ? `${form.aggregate} gives ${wanted.join(' or ')}, not ${type.type.kind}.`
    : form.aggregate === 'count'
      ? 'a count is never empty.'
      : `${form.aggregate} of no rows is empty.`;
  context.report({ at, code: 'bad-computed', message, mend: `write "type: ${suggestion}"` });
  return false;
}

function wantedTypes(aggregate: Aggregate, field: FieldSpec | undefined): readonly FieldType['kind'][] {
  if (aggregate === 'count') return ['int', 'bigint'];
  if (aggregate === 'avg') return ['float', 'decimal'];
  const kind = field?.type.kind ?? 'int';
  return kind === 'int' && aggregate === 'sum' ? ['int', 'bigint'] : [kind];
}
