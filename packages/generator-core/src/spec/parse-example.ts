import { assertNever } from './assert-never';
import { checkExampleBody } from './check-example-body';
import { checkRowValues, checkReference, rowFieldNames, type RowScope } from './check-row-values';
import { didYouMean } from './did-you-mean';
import { readExampleValue } from './example-value';
import type { EntitySpec, ExampleSpec, ExampleValue, GivenRow, OperationSpec } from './service-spec';
import type { SpecContext } from './spec-context';
import type { ExampleDocument } from './spec-document';
import type { SpecPath } from './spec-path';

interface ExampleReading {
  readonly written: ExampleDocument;
  readonly at: SpecPath;
  readonly operation: OperationSpec;
  /** False when the output has a fault of its own, so that the body cannot be held against it. */
  readonly outputIsKnown: boolean;
  readonly entities: readonly EntitySpec[];
  readonly context: SpecContext;
}

/** One executable example, every alias and name in it checked. */
export function parseExample(reading: ExampleReading): ExampleSpec {
  const { written, at, operation, outputIsKnown, entities, context } = reading;
  const aliases = new Map<string, string>();
  const scope: RowScope = { aliases, entities, context, declaredAliases: Object.keys(written.given ?? {}), use: 'given' };
  const given = parseGiven({ reading, scope, aliases });
  const call = {
    path: mapValues(written.when.path),
    query: mapValues(written.when.query),
    body: written.when.body && mapValues(written.when.body),
  };
  for (const part of ['path', 'query', 'body'] as const)
    checkReferences({ value: { kind: 'object', entries: call[part] ?? {} }, at: [...at, 'when', part], scope });
  checkPathValues({ reading, values: call.path });
  checkInputValues({ reading, values: call });
  const body = written.then.body === undefined ? undefined : readExampleValue(written.then.body);
  if (body !== undefined) {
    checkReferences({ value: body, at: [...at, 'then', 'body'], scope });
    if (outputIsKnown && written.then.status < 300)
      checkExampleBody({ value: body, shape: operation.output, at: [...at, 'then', 'body'], entities, context });
  }
  return {
    name: written.name,
    given,
    when: { as: parseCaller({ reading, scope }), path: call.path, query: call.query, ...(call.body && { body: call.body }) },
    then: { status: written.then.status, ...(body && { body }), database: parseDatabase({ reading, scope }) },
  };
}

function mapValues(written: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, ExampleValue>> {
  return Object.fromEntries(Object.entries(written ?? {}).map(([key, value]) => [key, readExampleValue(value)]));
}

function parseGiven({
  reading,
  scope,
  aliases,
}: {
  readonly reading: ExampleReading;
  readonly scope: RowScope;
  readonly aliases: Map<string, string>;
}): readonly GivenRow[] {
  const { written, at, entities, context } = reading;
  return Object.entries(written.given ?? {}).flatMap(([alias, row]) => {
    const [name = '', values = {}] = Object.entries(row)[0] ?? [];
    const entity = entities.find((known) => known.name === name);
    if (entity === undefined) {
      aliases.set(alias, '');
      if (!context.isWritten(['entities', name])) {
        context.report({
          at: [...at, 'given', alias, name],
          on: 'key',
          code: 'unknown-entity',
          message: `there is no entity "${name}".`,
          mend: didYouMean({ word: name, candidates: context.entities }),
        });
      }
      return [];
    }
    const read = mapValues(values);
    checkRowValues({ entity, values: read, at: [...at, 'given', alias, name], scope });
    aliases.set(alias, name);
    return [{ alias, entity: name, values: read }];
  });
}

function checkReferences({ value, at, scope }: { readonly value: ExampleValue; readonly at: SpecPath; readonly scope: RowScope }): void {
  switch (value.kind) {
    case 'scalar':
      return;
    case 'reference':
      checkReference({ reference: value, at, scope });
      return;
    case 'list':
      value.items.forEach((item, index) => checkReferences({ value: item, at: [...at, index], scope }));
      return;
    case 'object':
      for (const [key, entry] of Object.entries(value.entries)) checkReferences({ value: entry, at: [...at, key], scope });
      return;
    default:
      assertNever(value);
  }
}

function checkPathValues({
  reading,
  values,
}: {
  readonly reading: ExampleReading;
  readonly values: Readonly<Record<string, ExampleValue>>;
}): void {
  const { at, operation, context } = reading;
  const names = operation.pathParameters.map(({ name }) => name);
  for (const [name, value] of Object.entries(values)) {
    const place = [...at, 'when', 'path', name];
    if (!names.includes(name)) {
      context.report({
        at: place,
        on: 'key',
        code: 'unknown-path-parameter',
        message: `the route ${operation.path} has no parameter "${name}".`,
        mend: didYouMean({ word: name, candidates: names }),
      });
    } else if (value.kind === 'list' || value.kind === 'object') {
      context.report({
        at: place,
        code: 'bad-example-value',
        message: `"${name}" is a part of the path, so it must be one value.`,
        mend: 'write a value or a reference: $order.id',
      });
    }
  }
  const missing = names.filter((name) => values[name] === undefined);
  if (missing.length === 0) return;
  const message = `the route ${operation.path} needs ${missing.map((name) => `"${name}"`).join(' and ')} in "path".`;
  context.report({
    at: [...at, 'when'],
    on: 'key',
    code: 'missing-path-parameter',
    message,
    mend: `add "path: { ${missing.map((name) => `${name}: …`).join(', ')} }"`,
  });
}

function checkInputValues({
  reading,
  values,
}: {
  readonly reading: ExampleReading;
  readonly values: { readonly query: object; readonly body: object | undefined };
}): void {
  const { at, operation, written, context } = reading;
  const other = operation.inputIn === 'body' ? 'query' : 'body';
  if (Object.keys(values[other] ?? {}).length > 0) {
    context.report({
      at: [...at, 'when', other],
      on: 'key',
      code: 'misplaced-input',
      message: `the input of ${operation.method} ${operation.path} stands in the ${operation.inputIn}.`,
      mend: `write "${operation.inputIn}:" instead of "${other}:"`,
    });
    return;
  }
  const isRefusal = written.then.status === 422;
  const names = operation.input.map(({ name }) => name);
  const given = Object.keys(values[operation.inputIn] ?? {});
  for (const name of isRefusal ? [] : given) {
    if (names.includes(name) || context.isWritten(['operations', operation.name, 'input', name])) continue;
    context.report({
      at: [...at, 'when', operation.inputIn, name],
      on: 'key',
      code: 'unknown-field',
      message: `the operation has no input "${name}".`,
      mend: didYouMean({ word: name, candidates: names }),
    });
  }
  const missing = operation.input.filter((field) => !field.nullable && field.default === undefined && !given.includes(field.name));
  if (written.then.status >= 300 || missing.length === 0) return;
  const message = `the call leaves out ${missing.map(({ name }) => `"${name}"`).join(' and ')}, so it would be refused with 422.`;
  context.report({ at: [...at, 'when'], on: 'key', code: 'missing-input', message, mend: `add it under "${operation.inputIn}"` });
}

function parseCaller({ reading, scope }: { readonly reading: ExampleReading; readonly scope: RowScope }): ExampleSpec['when']['as'] {
  const { written, context } = reading;
  const at = [...reading.at, 'when', 'as'];
  const caller = written.when.as ?? 'anonymous';
  if (caller === 'anonymous') return { kind: 'anonymous' };
  const value = readExampleValue(caller);
  if (value.kind !== 'reference') {
    if (!context.roles.has(caller) && !(context.isWritten(['auth', 'roles']) && context.document.auth?.roles === undefined)) {
      context.report({
        at,
        code: 'unknown-role',
        message: `"${caller}" is neither "anonymous" nor a role nor an alias.`,
        mend: didYouMean({
          word: caller,
          candidates: ['anonymous', ...context.roles, ...scope.declaredAliases.map((alias) => `$${alias}`)],
        }),
      });
    }
    return { kind: 'role', role: caller };
  }
  checkReference({ reference: { kind: 'reference', alias: value.alias }, at, scope });
  const entity = scope.aliases.get(value.alias);
  const user = context.document.auth?.user;
  if (value.field !== undefined || (entity !== undefined && entity !== '' && entity !== user)) {
    context.report({
      at,
      code: 'caller-not-user',
      message: `"${caller}" is not a row of the user entity.`,
      mend: user === undefined ? 'write "anonymous"' : `name the alias of a ${user}`,
    });
  }
  return { kind: 'alias', alias: value.alias };
}

function parseDatabase({
  reading,
  scope,
}: {
  readonly reading: ExampleReading;
  readonly scope: RowScope;
}): ExampleSpec['then']['database'] {
  const { written, at, entities, context } = reading;
  return Object.entries(written.then.db ?? {}).map(([key, value]) => {
    const place = [...at, 'then', 'db', key];
    const [alias = '', field = ''] = key.slice(1).split('.', 2);
    const read = readExampleValue(value);
    checkReferences({ value: read, at: place, scope });
    const entity = entities.find(({ name }) => name === scope.aliases.get(alias));
    if (!scope.declaredAliases.includes(alias)) {
      context.report({
        at: place,
        on: 'key',
        code: 'unknown-alias',
        message: `no row is called "$${alias}" in "given".`,
        mend: didYouMean({ word: alias, candidates: scope.declaredAliases, otherwise: 'add the row under "given"' }),
      });
    } else if (
      entity !== undefined &&
      !rowFieldNames(entity).includes(field) &&
      !context.isWritten(['entities', entity.name, 'fields', field])
    ) {
      context.report({
        at: place,
        on: 'key',
        code: 'unknown-field',
        message: `${entity.name} has no column "${field}".`,
        mend: didYouMean({ word: field, candidates: rowFieldNames(entity) }),
      });
    }
    return { alias, field, value: read };
  });
}
