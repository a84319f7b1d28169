import { refuseBadName } from './refuse-bad-name';
import { didYouMean } from './did-you-mean';
import { parseFieldType } from './parse-field-type';
import type { Shape } from './service-spec';
import type { SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';
import { splitWords } from './split-words';

interface ShapeReading {
  readonly written: unknown;
  readonly at: SpecPath;
  readonly context: SpecContext;
}

/** `Order`, `int?`, `[{ book: Book, sold: int }]`; undefined after a fault. */
export function parseShape({ written, at, context }: ShapeReading): Shape | undefined {
  if (written === undefined || written === null) return { kind: 'none' };
  if (typeof written === 'string') return namedShape({ text: written, at, context });
  if (Array.isArray(written)) return listShape({ written, at, context });
  if (typeof written === 'object') return objectShape({ written: written as Readonly<Record<string, unknown>>, at, context });
  context.report({
    at,
    code: 'wrong-kind',
    message: `${JSON.stringify(written)} is not a shape.`,
    mend: 'name an entity, a type, an enum or a scalar: Order, int',
  });
  return undefined;
}

function listShape({ written, at, context }: ShapeReading & { readonly written: readonly unknown[] }): Shape | undefined {
  if (written.length !== 1 || written[0] === null) {
    context.report({
      at,
      code: 'bad-shape',
      message: `a list shape names what it is a list of, but this one has ${written.length} entries.`,
      mend: 'write exactly one: [Book]',
    });
    return undefined;
  }
  const of = parseShape({ written: written[0], at: [...at, 0], context });
  return of === undefined ? undefined : { kind: 'list', of };
}

function objectShape({ written, at, context }: ShapeReading & { readonly written: Readonly<Record<string, unknown>> }): Shape | undefined {
  const entries = Object.entries(written);
  if (entries.length === 0) {
    context.report({
      at,
      code: 'bad-shape',
      message: 'an object without fields says nothing about the response.',
      mend: 'name its fields, or write "output: null" for none',
    });
    return undefined;
  }
  const fields = entries.map(([name, value]) => ({ name, shape: memberShape({ name, value, at: [...at, name], context }) }));
  return fields.every((field): field is { name: string; shape: Shape } => field.shape !== undefined)
    ? { kind: 'object', fields }
    : undefined;
}

function memberShape({
  name,
  value,
  at,
  context,
}: {
  readonly name: string;
  readonly value: unknown;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): Shape | undefined {
  if (refuseBadName({ name, at, context })) return undefined;
  if (value === null) {
    context.report({
      at,
      on: 'key',
      code: 'missing-value',
      message: `"${name}" has no shape.`,
      mend: 'name an entity, a type, an enum or a scalar after it',
    });
    return undefined;
  }
  const isFieldObject =
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.keys(value).every((key) => ['type', 'nullable', 'description'].includes(key)) &&
    typeof (value as { readonly type?: unknown }).type === 'string';
  if (!isFieldObject) return parseShape({ written: value, at, context });
  const { type, nullable } = value as { readonly type: string; readonly nullable?: boolean };
  return namedShape({ text: nullable === true && !type.endsWith('?') ? `${type}?` : type, at: [...at, 'type'], context });
}

function namedShape({
  text,
  at,
  context,
}: {
  readonly text: string;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): Shape | undefined {
  const [word, rest] = splitWords(text);
  if (word === undefined) {
    context.report({
      at,
      code: 'missing-value',
      message: 'the shape is empty.',
      mend: 'name an entity, a type, an enum or a scalar: Order, int',
    });
    return undefined;
  }
  if (rest !== undefined) {
    context.report({
      at,
      offset: rest.offset,
      code: 'misplaced-modifier',
      message: `"${rest.text}" means nothing in an output.`,
      mend: 'remove it',
    });
    return undefined;
  }
  const name = word.text.replace(/\?$/, '');
  if (context.entities.has(name) || context.structs.has(name)) {
    if (name === word.text) return context.entities.has(name) ? { kind: 'entity', entity: name } : { kind: 'struct', struct: name };
    context.report({
      at,
      offset: word.offset,
      code: 'bad-shape',
      message: `"${word.text}" may be null, which an output of ${name} cannot say.`,
      mend: `write "${name}" and answer 404 when there is none`,
    });
    return undefined;
  }
  return scalarShape({ name, word, at, context });
}

function scalarShape({
  name,
  word,
  at,
  context,
}: {
  readonly name: string;
  readonly word: { readonly text: string; readonly offset: number };
  readonly at: SpecPath;
  readonly context: SpecContext;
}): Shape | undefined {
  if (/^[A-Z]/.test(name) && !context.enums.has(name)) {
    if (['entities', 'types', 'enums'].some((group) => context.isWritten([group, name]))) return undefined;
    const candidates = [...context.entities, ...context.structs, ...context.enums.keys()];
    context.report({
      at,
      offset: word.offset,
      code: 'unknown-type',
      message: `there is no entity, type or enum "${name}".`,
      mend: didYouMean({ word: name, candidates }),
    });
    return undefined;
  }
  const reading = parseFieldType({ word, at, context });
  if (reading === undefined) return undefined;
  if (reading.type.kind !== 'slug' && reading.type.kind !== 'sequence')
    return { kind: 'scalar', type: reading.type, nullable: reading.nullable };
  context.report({
    at,
    offset: word.offset,
    code: 'bad-shape',
    message: `"${word.text}" is made by an entity and means nothing in an output.`,
    mend: reading.type.kind === 'slug' ? 'write "string"' : 'write "int"',
  });
  return undefined;
}
