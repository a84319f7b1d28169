import { assertNever } from './assert-never';
import { didYouMean } from './did-you-mean';
import { readScalar } from './read-default';
import type { EntitySpec, ExampleValue, FieldSpec, RelationSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';

/** The rows an example or the seed may speak of. */
export interface RowScope {
  /** Alias → entity, of the rows made so far; an empty name for a row whose entity is unknown. */
  readonly aliases: ReadonlyMap<string, string>;
  /** All aliases, also of rows made later. */
  readonly declaredAliases: readonly string[];
  readonly entities: readonly EntitySpec[];
  readonly use: 'given' | 'seed';
  readonly context: SpecContext;
}

interface RowCheck {
  readonly entity: EntitySpec;
  readonly values: Readonly<Record<string, ExampleValue>>;
  readonly at: SpecPath;
  readonly scope: RowScope;
}

/** Columns and other names that an example may ask for after the call. */
export function rowFieldNames(entity: EntitySpec): readonly string[] {
  const links = entity.relations.flatMap((relation) => (relation.kind === 'belongs_to' ? [relation.name, relation.column] : []));
  return [...entity.fields.map(({ name }) => name), ...links, ...generatedFields(entity), ...(entity.version ? ['version'] : [])];
}

function generatedFields(entity: EntitySpec): readonly string[] {
  return ['id', ...(entity.timestamps ? ['created_at', 'updated_at'] : []), ...(entity.isUser ? ['role', 'is_active'] : [])];
}

/** Checks the values of one row to be written, and of the rows inside it. */
export function checkRowValues({ entity, values, at, scope }: RowCheck): void {
  for (const [name, value] of Object.entries(values)) {
    const place = [...at, name];
    const field = entity.fields.find((known) => known.name === name);
    const relation = entity.relations.find((known) => known.name === name);
    if (field !== undefined) checkFieldValue({ field, value, at: place, scope });
    else if (relation !== undefined) checkRelationValue({ relation, value, at: place, scope });
    else checkOtherName({ entity, name, value, at: place, scope });
  }
}

function checkOtherName({
  entity,
  name,
  value,
  at,
  scope,
}: {
  readonly entity: EntitySpec;
  readonly name: string;
  readonly value: ExampleValue;
  readonly at: SpecPath;
  readonly scope: RowScope;
}): void {
  const { context, use } = scope;
  const extras = [...generatedFields(entity), ...(entity.isUser && use === 'seed' ? ['password'] : [])];
  if (extras.includes(name)) {
    if (name === 'role' && entity.isUser) checkRole({ value, at, context });
    else if (value.kind === 'reference') checkReference({ reference: value, at, scope });
    return;
  }
  if (['fields', 'relations'].some((group) => context.isWritten(entityPath(entity.name, group, name)))) return;
  const known = [...entity.fields.map((field) => field.name), ...entity.relations.map((relation) => relation.name), ...extras];
  const link = entity.relations.find((relation) => relation.kind === 'belongs_to' && relation.column === name);
  const mend = link === undefined ? didYouMean({ word: name, candidates: known }) : `did you mean "${link.name}"?`;
  context.report({ at, on: 'key', code: 'unknown-field', message: `${entity.name} has no field or relation "${name}" to write.`, mend });
}

function checkRole({ value, at, context }: { readonly value: ExampleValue; readonly at: SpecPath; readonly context: SpecContext }): void {
  const roles = context.document.auth?.roles ?? [];
  const role = value.kind === 'scalar' ? String(value.value) : '';
  if (roles.includes(role) || role.startsWith('${')) return;
  context.report({
    at,
    code: 'unknown-role',
    message: `"${role}" is not a role of "auth".`,
    mend: didYouMean({ word: role, candidates: roles, otherwise: 'remove it' }),
  });
}

function checkFieldValue({
  field,
  value,
  at,
  scope,
}: {
  readonly field: FieldSpec;
  readonly value: ExampleValue;
  readonly at: SpecPath;
  readonly scope: RowScope;
}): void {
  const { context } = scope;
  if (value.kind === 'reference') {
    checkReference({ reference: value, at, scope });
    return;
  }
  if (field.type.kind === 'json') return;
  if (value.kind !== 'scalar') {
    context.report({
      at,
      code: 'bad-example-value',
      message: `"${field.name}" is a field of type ${field.type.kind}, so it must be one value.`,
      mend: 'write one text, number, true or false',
    });
    return;
  }
  if (typeof value.value === 'string' && value.value.startsWith('${')) return;
  const problem = scalarProblem({ field, value: value.value, context });
  if (problem !== undefined)
    context.report({
      at,
      code: 'bad-example-value',
      message: `the value ${JSON.stringify(value.value)} of "${field.name}" ${problem.why}.`,
      mend: problem.mend,
    });
}

function scalarProblem({
  field,
  value,
  context,
}: {
  readonly field: FieldSpec;
  readonly value: unknown;
  readonly context: SpecContext;
}): { readonly why: string; readonly mend: string } | undefined {
  if (value === null)
    return field.nullable ? undefined : { why: 'is null, but the field is required', mend: 'give a value or leave the field out' };
  const isMade = field.type.kind === 'slug' || field.type.kind === 'sequence';
  const type = isMade
    ? field.type.kind === 'slug'
      ? ({ kind: 'string', maxLength: 10_000 } as const)
      : ({ kind: 'int' } as const)
    : field.type;
  const reading = readScalar({ type, value, context });
  if (reading.kind === 'wrong') return reading;
  const isText = type.kind === 'string' || type.kind === 'text' || type.kind === 'enum' || type.kind === 'email' || type.kind === 'url';
  if (isText && typeof value !== 'string') return { why: 'is not a text', mend: `put it in quotes: "${String(value)}"` };
  return undefined;
}

function checkRelationValue({
  relation,
  value,
  at,
  scope,
}: {
  readonly relation: RelationSpec;
  readonly value: ExampleValue;
  readonly at: SpecPath;
  readonly scope: RowScope;
}): void {
  switch (relation.kind) {
    case 'belongs_to':
      checkLink({ relation, value, at, scope });
      return;
    case 'many_to_many':
      if (value.kind === 'list') value.items.forEach((item, index) => checkLink({ relation, value: item, at: [...at, index], scope }));
      else reportShape({ relation, at, scope, wanted: 'a list of rows' });
      return;
    case 'has_many':
    case 'has_one':
      checkNestedRows({ relation, value, at, scope });
      return;
    default:
      assertNever(relation);
  }
}

function reportShape({
  relation,
  at,
  scope,
  wanted,
}: {
  readonly relation: RelationSpec;
  readonly at: SpecPath;
  readonly scope: RowScope;
  readonly wanted: string;
}): void {
  const examples = {
    belongs_to: scope.use === 'given' ? '$alias' : '{ name: Fiction }',
    many_to_many: scope.use === 'given' ? '[$one, $two]' : '[{ name: Fiction }]',
    has_many: '[{ quantity: 2 }]',
    has_one: '{ bio: … }',
  };
  scope.context.report({
    at,
    code: 'bad-example-value',
    message: `"${relation.name}" is a ${relation.kind}, so it must be ${wanted}.`,
    mend: `write ${examples[relation.kind]}`,
  });
}

/** In `given` a link is an alias; in `seed` it is a row found by the values of an object. */
function checkLink({
  relation,
  value,
  at,
  scope,
}: {
  readonly relation: RelationSpec;
  readonly value: ExampleValue;
  readonly at: SpecPath;
  readonly scope: RowScope;
}): void {
  const { context, use, entities } = scope;
  if (value.kind === 'scalar' && value.value === null && relation.kind === 'belongs_to' && relation.nullable) return;
  if (use === 'seed') {
    const target = entities.find(({ name }) => name === relation.target);
    if (value.kind !== 'object' || Object.keys(value.entries).length === 0)
      reportShape({ relation, at, scope, wanted: 'an object that finds a row by its values' });
    else if (target !== undefined) checkRowValues({ entity: target, values: value.entries, at, scope });
    return;
  }
  if (value.kind !== 'reference') {
    reportShape({ relation, at, scope, wanted: 'the alias of a row' });
    return;
  }
  if (!checkReference({ reference: value, at, scope })) return;
  const entity = scope.aliases.get(value.alias) ?? '';
  if (entity === '' || (entity === relation.target && value.field === undefined)) return;
  const found = value.field === undefined ? entity : `the field "${value.field}"`;
  context.report({
    at,
    code: 'wrong-row',
    message: `"${relation.name}" links to ${relation.target}, but "$${value.alias}${value.field === undefined ? '' : `.${value.field}`}" is ${found}.`,
    mend: `name the alias of a ${relation.target}`,
  });
}

function checkNestedRows({
  relation,
  value,
  at,
  scope,
}: {
  readonly relation: Extract<RelationSpec, { readonly kind: 'has_many' | 'has_one' }>;
  readonly value: ExampleValue;
  readonly at: SpecPath;
  readonly scope: RowScope;
}): void {
  const { context, entities } = scope;
  if (!relation.nested) {
    const message = `"${relation.name}" is not nested, so its rows are not written with this one.`;
    context.report({
      at,
      on: 'key',
      code: 'bad-example-value',
      message,
      mend: `make rows of ${relation.target} with "${relation.via}", or add "nested" to the relation`,
    });
    return;
  }
  const target = entities.find(({ name }) => name === relation.target);
  const rows = relation.kind === 'has_one' ? [value] : value.kind === 'list' ? value.items : undefined;
  if (rows === undefined || rows.some((row) => row.kind !== 'object')) {
    reportShape({ relation, at, scope, wanted: relation.kind === 'has_one' ? 'one row' : 'a list of rows' });
    return;
  }
  rows.forEach((row, index) => {
    if (row.kind !== 'object' || target === undefined) return;
    checkRowValues({ entity: target, values: row.entries, at: relation.kind === 'has_one' ? at : [...at, index], scope });
  });
}

/** True when the alias is a row made before this place. */
export function checkReference({
  reference,
  at,
  scope,
}: {
  readonly reference: Extract<ExampleValue, { readonly kind: 'reference' }>;
  readonly at: SpecPath;
  readonly scope: RowScope;
}): boolean {
  const { aliases, declaredAliases, entities, context } = scope;
  const name = aliases.get(reference.alias);
  if (name === undefined) {
    const isLater = declaredAliases.includes(reference.alias);
    const message = isLater ? `"$${reference.alias}" is used before it is made.` : `no row is called "$${reference.alias}" in "given".`;
    const mend = isLater
      ? `move "${reference.alias}" above this row`
      : didYouMean({ word: reference.alias, candidates: declaredAliases, otherwise: 'add the row under "given"' });
    context.report({ at, code: isLater ? 'alias-used-early' : 'unknown-alias', message, mend });
    return false;
  }
  const entity = entities.find((known) => known.name === name);
  if (reference.field === undefined || entity === undefined || rowFieldNames(entity).includes(reference.field)) return true;
  if (context.isWritten(entityPath(entity.name, 'fields', reference.field))) return true;
  context.report({
    at,
    code: 'unknown-field',
    message: `${entity.name} has no column "${reference.field}".`,
    mend: didYouMean({ word: reference.field, candidates: rowFieldNames(entity) }),
  });
  return false;
}
