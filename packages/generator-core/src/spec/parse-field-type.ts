import { didYouMean } from './did-you-mean';
import type { FieldType } from './service-spec';
import type { SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';
import type { PlacedWord } from './split-words';

/** Most characters of a string that names no length, and of such a text. */
const defaultStringLength = 255;
const defaultTextLength = 10_000;
const longestString = 10_000;
const longestText = 1_000_000;
/** PostgreSQL keeps up to 1000 digits; SQLite keeps a decimal as a scaled integer of 64 bits, which is sure up to 18. */
const mostDecimalDigits = 18;

const plainTypes = ['int', 'bigint', 'float', 'bool', 'date', 'datetime', 'time', 'uuid', 'email', 'url', 'json'] as const;
const typeWords: readonly string[] = [...plainTypes, 'bytes', 'string', 'text', 'decimal', 'slug', 'sequence'];
const otherNames: Readonly<Record<string, string>> = {
  str: 'string',
  varchar: 'string',
  char: 'string',
  integer: 'int',
  number: 'float',
  double: 'float',
  numeric: 'decimal(10,2)',
  money: 'decimal(10,2)',
  boolean: 'bool',
  timestamp: 'datetime',
  object: 'json',
  binary: 'bytes',
  blob: 'bytes',
};

export interface TypeReading {
  readonly type: FieldType;
  readonly nullable: boolean;
}

/** Reads `decimal(10,2)?`; undefined after a fault. Enum names are resolved; a `slug` or `sequence` is checked by its entity. */
export function parseFieldType({
  word,
  at,
  context,
}: {
  readonly word: PlacedWord;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): TypeReading | undefined {
  const nullable = word.text.endsWith('?');
  const written = nullable ? word.text.slice(0, -1) : word.text;
  const parts = written.match(/^([A-Za-z][A-Za-z0-9_]*)(?:\((.*)\))?$/);
  const name = parts?.[1];
  if (name === undefined) return failed({ word, at, context });
  const type = /^[A-Z]/.test(name)
    ? enumType({ name, written, word, at, context })
    : builtInType({ name, argument: parts?.[2], word, at, context });
  return type === undefined ? undefined : { type, nullable };
}

interface TypeProblem {
  readonly word: PlacedWord;
  readonly at: SpecPath;
  readonly context: SpecContext;
}

function failed({ word, at, context }: TypeProblem): undefined {
  const name = word.text.match(/^[A-Za-z_]+/)?.[0] ?? word.text;
  const other = Object.hasOwn(otherNames, name.toLowerCase()) ? otherNames[name.toLowerCase()] : undefined;
  const mend =
    other === undefined ? didYouMean({ word: name, candidates: [...typeWords, ...context.enums.keys()] }) : `did you mean "${other}"?`;
  context.report({ at, offset: word.offset, code: 'unknown-type', message: `"${word.text}" is not a type.`, mend });
}

function enumType({
  name,
  written,
  word,
  at,
  context,
}: TypeProblem & { readonly name: string; readonly written: string }): FieldType | undefined {
  const { report } = context;
  const code = 'unknown-type';
  if (name === written && context.enums.has(name)) return { kind: 'enum', enum: name };
  if (context.isWritten(['enums', name])) return undefined;
  if (context.isWritten(['entities', name])) {
    report({
      at,
      offset: word.offset,
      code,
      message: `"${name}" is an entity, so it cannot be the type of a field.`,
      mend: `link to it under "relations": belongs_to ${name}`,
    });
  } else if (context.isWritten(['types', name])) {
    report({
      at,
      offset: word.offset,
      code,
      message: `"${name}" is a structure, so it cannot be the type of a field by itself.`,
      mend: `write "json schema=${name}"`,
    });
  } else failed({ word, at, context });
  return undefined;
}

function builtInType({
  name,
  argument,
  word,
  at,
  context,
}: TypeProblem & { readonly name: string; readonly argument: string | undefined }): FieldType | undefined {
  const plain = plainTypes.find((kind) => kind === name);
  if (plain !== undefined && argument === undefined) return { kind: plain };
  switch (name) {
    case 'string':
      return stringType({ argument, word, at, context });
    case 'text':
      return textType({ argument, word, at, context });
    case 'decimal':
      return decimalType({ argument, word, at, context });
    case 'bytes':
      return bytesType({ argument, word, at, context });
    case 'slug':
    case 'sequence':
      if (argument === undefined || !/^[a-z][a-z0-9_]*$/.test(argument))
        return badArgument({ word, at, context, example: name === 'slug' ? 'slug(title)' : 'sequence(project)' });
      return name === 'slug' ? { kind: 'slug', from: argument } : { kind: 'sequence', parent: argument };
    default:
      return plain === undefined ? failed({ word, at, context }) : badArgument({ word, at, context, example: plain });
  }
}

type ArgumentProblem = TypeProblem & { readonly argument: string | undefined };

/** 64 KiB unless the spec says otherwise; what is more than this does not fit a request of the default `max_body_bytes`. */
const defaultBytes = 65_535;
const mostBytes = 699_999;

function bytesType({ argument, word, at, context }: ArgumentProblem): FieldType | undefined {
  if (argument === undefined) return { kind: 'bytes', maxBytes: defaultBytes };
  const maxBytes = Number(argument);
  if (/^[0-9]+$/.test(argument) && maxBytes >= 3 && maxBytes <= mostBytes && maxBytes % 3 === 0) return { kind: 'bytes', maxBytes };
  const nearest = Math.min(mostBytes, Math.max(3, Math.ceil(maxBytes / 3) * 3));
  context.report({
    at,
    offset: word.offset,
    code: 'bad-type-argument',
    message: `"${word.text}" gives no number of bytes from 3 to ${mostBytes} that is a multiple of 3, as base64 counts them.`,
    mend: `write bytes(${Number.isNaN(nearest) ? defaultBytes : nearest})`,
  });
  return undefined;
}

function stringType({ argument, word, at, context }: ArgumentProblem): FieldType | undefined {
  if (argument === undefined) return { kind: 'string', maxLength: defaultStringLength };
  const lengths = argument.match(/^(?:([0-9]+)\.\.)?([0-9]+)$/);
  if (lengths === null) return badArgument({ word, at, context, example: 'string(80) or string(1..80)' });
  const maxLength = Number(lengths[2]);
  const minLength = lengths[1] === undefined ? undefined : Number(lengths[1]);
  if (maxLength < 1 || maxLength > longestString) return badLength({ word, at, context, longest: longestString });
  if (minLength !== undefined && minLength > maxLength) {
    context.report({
      at,
      offset: word.offset,
      code: 'min-over-max',
      message: `the least length ${minLength} is over the greatest length ${maxLength}.`,
      mend: `write string(${maxLength}..${minLength})`,
    });
    return undefined;
  }
  return minLength === undefined || minLength === 0 ? { kind: 'string', maxLength } : { kind: 'string', minLength, maxLength };
}

function textType({ argument, word, at, context }: ArgumentProblem): FieldType | undefined {
  if (argument === undefined) return { kind: 'text', maxLength: defaultTextLength };
  if (!/^[0-9]+$/.test(argument)) return badArgument({ word, at, context, example: 'text(5000)' });
  const maxLength = Number(argument);
  return maxLength < 1 || maxLength > longestText ? badLength({ word, at, context, longest: longestText }) : { kind: 'text', maxLength };
}

function decimalType({ argument, word, at, context }: ArgumentProblem): FieldType | undefined {
  const digits = argument?.match(/^([0-9]+),([0-9]+)$/);
  if (digits == null) return badArgument({ word, at, context, example: 'decimal(10,2)' });
  const [precision, scale] = [Number(digits[1]), Number(digits[2])];
  if (precision >= 1 && precision <= mostDecimalDigits && scale <= precision) return { kind: 'decimal', precision, scale };
  const message = `"${word.text}" cannot be kept: a decimal has 1 to ${mostDecimalDigits} digits in all and no more than that after the point.`;
  context.report({
    at,
    offset: word.offset,
    code: 'bad-type-argument',
    message,
    mend: 'write decimal(10,2) for 8 digits before and 2 after the point',
  });
  return undefined;
}

function badLength({ word, at, context, longest }: TypeProblem & { readonly longest: number }): undefined {
  const message = `the length in "${word.text}" must be from 1 to ${longest}.`;
  context.report({
    at,
    offset: word.offset,
    code: 'bad-type-argument',
    message,
    mend: longest === longestString ? 'give a length in that range or use text' : 'give a length in that range',
  });
}

function badArgument({ word, at, context, example }: TypeProblem & { readonly example: string }): undefined {
  context.report({
    at,
    offset: word.offset,
    code: 'bad-type-argument',
    message: `"${word.text}" is not how this type is written.`,
    mend: `write ${example}`,
  });
}
