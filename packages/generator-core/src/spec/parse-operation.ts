import { nearestWord } from './did-you-mean';
import { pascalCase, snakeCase } from './naming';
import { parseAccess, type AccessSubject } from './parse-access';
import { hasTenant } from './parse-entity';
import { parseExample } from './parse-example';
import { parsePlainFields } from './parse-plain-fields';
import { parseShape } from './parse-shape';
import type { EntitySpec, OperationSpec, PathParameterSpec, Shape } from './service-spec';
import type { SpecContext } from './spec-context';
import type { OperationDocument } from './spec-document';
import type { SpecPath } from './spec-path';
import { unitSeconds } from './unit-seconds';

interface OperationReading {
  readonly name: string;
  readonly written: OperationDocument;
  readonly entities: readonly EntitySpec[];
  readonly context: SpecContext;
}

/** One operation with its examples; undefined when its route cannot be read. */
export function parseOperation({ name, written, entities, context }: OperationReading): OperationSpec | undefined {
  const at = ['operations', name];
  const [methodText = '', path = ''] = written.route.split(' ', 2);
  const pathParameters = parsePath({ path, offset: methodText.length + 1, at: [...at, 'route'], entities, context });
  if (pathParameters === undefined) return undefined;
  const method = methodText as OperationSpec['method'];
  const subject = subjectOf(pathParameters);
  const inputIn = method === 'GET' || method === 'DELETE' ? 'query' : 'body';
  const output = parseShape({ written: written.output, at: [...at, 'output'], context });
  const draft = {
    name,
    className: pascalCase(name),
    method,
    path,
    pathParameters,
    access: parseOperationAccess({ written: written.access, at: [...at, 'access'], subject, entities, context }),
    ...(written.rate !== undefined && { rate: parseRate(written.rate) }),
    ...routerEntity(path, entities),
    ...(subject && { subject }),
    input: parsePlainFields({ fields: written.input ?? {}, at: [...at, 'input'], use: inputIn, context }),
    inputIn,
    output: output ?? { kind: 'none' },
    status: parseStatus({ status: written.status, output, at: [...at, 'status'], context }),
    errors: Object.entries(written.errors ?? {}).map(([status, description]) => ({ status: Number(status), description })),
    description: parseDescription({ text: written.describe, at: [...at, 'describe'], context }),
    examples: [],
  } as const satisfies OperationSpec;
  reportInputClashes({ draft, at, context });
  const outputIsKnown = output !== undefined;
  const examples = (written.examples ?? []).map((example, index) =>
    parseExample({ written: example, at: [...at, 'examples', index], operation: draft, outputIsKnown, entities, context }),
  );
  reportRepeatedExamples({ names: examples.map((example) => example.name), at, context });
  return { ...draft, examples };
}

const reservedParameters = new Set(['session', 'viewer', 'settings', 'request', 'response', 'payload', 'data', 'filters']);

function parsePath({
  path,
  offset,
  at,
  entities,
  context,
}: {
  readonly path: string;
  readonly offset: number;
  readonly at: SpecPath;
  readonly entities: readonly EntitySpec[];
  readonly context: SpecContext;
}): readonly PathParameterSpec[] | undefined {
  const parameters: PathParameterSpec[] = [];
  let position = offset + 1;
  let isSound = true;
  const fail = (message: string, mend: string) => {
    context.report({ at, offset: position, code: 'bad-route', message, mend });
    isSound = false;
  };
  for (const segment of path.slice(1).split('/')) {
    const name = segment.match(/^\{([a-z][a-z0-9_]*)\}$/)?.[1];
    if (name !== undefined) {
      if (parameters.some((parameter) => parameter.name === name))
        fail(`the path names "${name}" twice.`, 'give one of the two another name');
      else if (reservedParameters.has(name))
        fail(`"${name}" is a name the generated function uses itself.`, `call the path parameter "${name}_id" or "${name}_name"`);
      parameters.push(pathParameter(name, entities));
      reportUnknownId({ parameter: parameters.at(-1), at, offset: position + 1, entities, context });
    } else if (segment === '' || /[{}]/.test(segment)) {
      fail(
        segment === '' ? 'the path has an empty part: "//" or "/" at its end.' : `"${segment}" is not a part of a path.`,
        'write parts as words or {names}: /orders/{order_id}/pay',
      );
    }
    position += segment.length + 1;
  }
  return isSound ? parameters : undefined;
}

function pathParameter(name: string, entities: readonly EntitySpec[]): PathParameterSpec {
  const entity = entities.find(({ module }) => `${module}_id` === name);
  return entity === undefined ? { name } : { name, entity: entity.name };
}

/** `{oder_id}` would be a plain text, which is hardly meant. */
function reportUnknownId({
  parameter,
  at,
  offset,
  entities,
  context,
}: {
  readonly parameter: PathParameterSpec | undefined;
  readonly at: SpecPath;
  readonly offset: number;
  readonly entities: readonly EntitySpec[];
  readonly context: SpecContext;
}): void {
  if (parameter === undefined || parameter.entity !== undefined || !parameter.name.endsWith('_id')) return;
  const written = Object.keys((context.isWritten(['entities']) && context.document.entities) || {});
  const ids = [...new Set([...entities.map(({ module }) => module), ...written.map(snakeCase)])].map((module) => `${module}_id`);
  const near = nearestWord(parameter.name, ids);
  if (near === undefined) return;
  context.report({
    at,
    offset,
    code: 'unknown-path-parameter',
    message: `"${parameter.name}" is the id of no entity.`,
    mend: `did you mean "${near}"?`,
  });
}

function subjectOf(parameters: readonly PathParameterSpec[]): OperationSpec['subject'] {
  const last = parameters.findLast((parameter) => parameter.entity !== undefined);
  return last?.entity === undefined ? undefined : { entity: last.entity, parameter: last.name };
}

function routerEntity(path: string, entities: readonly EntitySpec[]): { readonly entity?: string } {
  const holders = entities.filter((entity) => path === entity.path || path.startsWith(`${entity.path}/`));
  const [holder] = holders.sort((left, right) => right.path.length - left.path.length);
  return holder === undefined ? {} : { entity: holder.name };
}

function parseOperationAccess({
  written,
  at,
  subject,
  entities,
  context,
}: {
  readonly written: OperationDocument['access'];
  readonly at: SpecPath;
  readonly subject: OperationSpec['subject'];
  readonly entities: readonly EntitySpec[];
  readonly context: SpecContext;
}): OperationSpec['access'] {
  const entity = entities.find(({ name }) => name === subject?.entity);
  const ownerIsWritten = entity !== undefined && context.isWritten(['entities', entity.name, 'owner']);
  const about: AccessSubject | undefined = entity && {
    entity: entity.name,
    hasOwner: ownerIsWritten,
    isUser: entity.isUser,
    hasTenant: hasTenant(entity.name, context),
  };
  if (written === 'none') {
    context.report({
      at,
      code: 'contradicting-access',
      message: 'an operation that nobody may call would have no route.',
      mend: 'name who may call it, or remove the operation',
    });
    return [];
  }
  return parseAccess({ written, at, subject: about, context }) ?? [];
}

/** `10/m` */
function parseRate(written: string): NonNullable<OperationSpec['rate']> {
  const [times, unit = ''] = written.split('/');
  return { times: Number(times), seconds: unitSeconds[unit] ?? 1 };
}

function parseStatus({
  status,
  output,
  at,
  context,
}: {
  readonly status: number | undefined;
  readonly output: Shape | undefined;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): number {
  const isEmpty = output?.kind === 'none';
  if (status === undefined) return isEmpty ? 204 : 200;
  if (status < 200 || status > 299) {
    context.report({
      at,
      code: 'bad-status',
      message: `${status} is not a status of success.`,
      mend: 'use one from 200 to 299; refusals stand under "errors"',
    });
  } else if (status === 204 && output !== undefined && !isEmpty) {
    context.report({
      at,
      code: 'bad-status',
      message: 'a response with status 204 has no content, but the operation has an output.',
      mend: 'use 200 or remove "output"',
    });
  }
  return status;
}

function parseDescription({ text, at, context }: { readonly text: string; readonly at: SpecPath; readonly context: SpecContext }): string {
  const description = text.trim();
  if (description === '')
    context.report({
      at,
      code: 'missing-value',
      message: 'the description is empty, but the operation is written from it.',
      mend: 'say in plain words what the operation does',
    });
  return description;
}

function reportInputClashes({
  draft,
  at,
  context,
}: {
  readonly draft: OperationSpec;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): void {
  for (const { name } of draft.input) {
    if (!draft.pathParameters.some((parameter) => parameter.name === name)) continue;
    context.report({
      at: [...at, 'input', name],
      on: 'key',
      code: 'clashing-name',
      message: `"${name}" is already a parameter of the path.`,
      mend: 'rename one of the two',
    });
  }
}

function reportRepeatedExamples({
  names,
  at,
  context,
}: {
  readonly names: readonly string[];
  readonly at: SpecPath;
  readonly context: SpecContext;
}): void {
  for (const [index, name] of names.entries()) {
    if (name === 'missing' || names.indexOf(name) === index) continue;
    context.report({
      at: [...at, 'examples', index, 'name'],
      code: 'repeated-item',
      message: `another example is called "${name}" too.`,
      mend: 'give each example its own name',
    });
  }
}
