import { assertNever } from './assert-never';
import { didYouMean } from './did-you-mean';
import type { EntitySpec, ExampleValue, Shape } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';

interface BodyCheck {
  readonly value: ExampleValue;
  readonly shape: Shape;
  readonly at: SpecPath;
  readonly entities: readonly EntitySpec[];
  readonly context: SpecContext;
}

/** Holds an expected response against the output: a name that is never in it could never match. */
export function checkExampleBody({ value, shape, at, entities, context }: BodyCheck): void {
  switch (shape.kind) {
    case 'none':
      context.report({
        at,
        on: 'key',
        code: 'unexpected-body',
        message: 'the operation has no output, so its response has no body.',
        mend: 'remove "body" or add "output"',
      });
      return;
    case 'list':
      checkList({ value, of: shape.of, at, entities, context });
      return;
    case 'object':
      checkObject({ value, shape, at, entities, context });
      return;
    case 'entity':
      checkEntity({ value, name: shape.entity, at, entities, context });
      return;
    case 'struct':
    case 'scalar':
      return;
    default:
      assertNever(shape);
  }
}

function checkList({ value, of, at, entities, context }: Omit<BodyCheck, 'shape'> & { readonly of: Shape }): void {
  if (value.kind === 'list')
    value.items.forEach((item, index) => checkExampleBody({ value: item, shape: of, at: [...at, index], entities, context }));
  else if (value.kind !== 'reference')
    context.report({
      at,
      code: 'bad-example-value',
      message: 'the output is a list, so the expected body must be a list.',
      mend: 'put it in [ ]',
    });
}

function checkObject({
  value,
  shape,
  at,
  entities,
  context,
}: BodyCheck & { readonly shape: Extract<Shape, { readonly kind: 'object' }> }): void {
  if (value.kind !== 'object') {
    if (value.kind !== 'reference')
      context.report({
        at,
        code: 'bad-example-value',
        message: 'the output is an object, so the expected body must be one.',
        mend: 'write { name: value }',
      });
    return;
  }
  for (const [name, entry] of Object.entries(value.entries)) {
    const field = shape.fields.find((known) => known.name === name);
    if (field !== undefined) checkExampleBody({ value: entry, shape: field.shape, at: [...at, name], entities, context });
    else
      context.report({
        at: [...at, name],
        on: 'key',
        code: 'unknown-field',
        message: `the output has no field "${name}".`,
        mend: didYouMean({ word: name, candidates: shape.fields.map((known) => known.name) }),
      });
  }
}

function checkEntity({ value, name, at, entities, context }: Omit<BodyCheck, 'shape'> & { readonly name: string }): void {
  const entity = entities.find((known) => known.name === name);
  if (entity === undefined || value.kind === 'reference') return;
  if (value.kind !== 'object') {
    context.report({
      at,
      code: 'bad-example-value',
      message: `the output is a ${name}, so the expected body must be an object.`,
      mend: 'write { field: value }',
    });
    return;
  }
  const shown = shownNames(entity);
  for (const key of Object.keys(value.entries)) {
    if (shown.includes(key) || context.isWritten(entityPath(name, 'fields', key)) !== entity.fields.some((field) => field.name === key))
      continue;
    const isHidden = entity.fields.some((field) => field.name === key && field.hidden);
    const message = isHidden
      ? `"${key}" of ${name} is hidden, so it is never in a response.`
      : `a response with ${name} has no field "${key}".`;
    context.report({
      at: [...at, key],
      on: 'key',
      code: 'unknown-field',
      message,
      mend: isHidden ? 'remove it' : didYouMean({ word: key, candidates: shown }),
    });
  }
}

function shownNames(entity: EntitySpec): readonly string[] {
  return [
    'id',
    ...entity.fields.filter((field) => !field.hidden).map(({ name }) => name),
    ...entity.relations.flatMap((relation) => (relation.kind === 'belongs_to' ? [relation.column] : [])),
    ...entity.embed.flatMap((path) => path.slice(0, 1)),
    ...entity.computed.map(({ name }) => name),
    ...(entity.version ? ['version'] : []),
    ...(entity.timestamps ? ['created_at', 'updated_at'] : []),
    ...(entity.isUser ? ['role', 'is_active'] : []),
  ];
}
