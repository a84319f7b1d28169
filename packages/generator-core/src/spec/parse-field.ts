import { didYouMean } from './did-you-mean';
import { parseAccess, type AccessSubject } from './parse-access';
import { parseFieldType } from './parse-field-type';
import { readBackfill } from './read-backfill';
import { readDefault } from './read-default';
import type { AccessRule, FieldSpec, FieldType, ScalarValue } from './service-spec';
import type { SpecContext } from './spec-context';
import type { FieldDocument } from './spec-document';
import type { SpecPath } from './spec-path';
import { splitWords, type PlacedWord } from './split-words';
import {
  fieldFlags,
  fieldValueWords,
  type FieldFlag,
  type FieldValueWord,
  type ModifierPlace,
  type WrittenDefault,
  type WrittenField,
} from './written-field';

interface FieldReading {
  readonly written: FieldDocument;
  readonly at: SpecPath;
  readonly subject?: AccessSubject | undefined;
  readonly context: SpecContext;
}

/** One field, short or object form; undefined after a fault that leaves nothing to go on with. */
export function parseField({ written, at, subject, context }: FieldReading): FieldSpec | undefined {
  const field =
    typeof written === 'string'
      ? shortField({ text: written, at, valueAt: at, subject, context })
      : objectField({ written, at, subject, context });
  return field === undefined ? undefined : finishField(field, context);
}

interface ShortReading {
  readonly text: string;
  readonly at: SpecPath;
  /** Where the text stands: the field itself, or `type` of the object form. */
  readonly valueAt: SpecPath;
  readonly subject: AccessSubject | undefined;
  readonly context: SpecContext;
}

function shortField({ text, at, valueAt, subject, context }: ShortReading): WrittenField | undefined {
  const [typeWord, ...modifiers] = splitWords(text);
  if (typeWord === undefined) {
    context.report({
      at: valueAt,
      code: 'missing-value',
      message: `"${String(at.at(-1))}" has no type.`,
      mend: 'write a type: string, int, bool, date …',
    });
    return undefined;
  }
  const reading = parseFieldType({ word: typeWord, at: valueAt, context });
  const flags = new Map<FieldFlag, ModifierPlace>();
  const values = new Map<FieldValueWord, ModifierPlace & { readonly text: string }>();
  let written: WrittenDefault | undefined;
  const seen = new Set<string>();
  for (const word of modifiers) {
    const name = word.text.startsWith('=') ? '=' : (word.text.split('=')[0] ?? word.text);
    const place = { at: valueAt, offset: word.offset };
    if (seen.has(name))
      context.report({ ...place, code: 'repeated-item', message: `"${name}" is written twice.`, mend: 'keep one of the two' });
    seen.add(name);
    const flag = fieldFlags.find((known) => known === word.text);
    const valueWord = fieldValueWords.find((known) => word.text.startsWith(`${known}=`) && word.text.length > known.length + 1);
    if (flag !== undefined) flags.set(flag, place);
    else if (valueWord !== undefined)
      values.set(valueWord, { at: valueAt, offset: word.offset + valueWord.length + 1, text: word.text.slice(valueWord.length + 1) });
    else if (name === '=' && word.text.length > 1) written = { ...place, value: unquoted(word.text.slice(1).trim()) };
    else reportUnknownModifier({ word, at: valueAt, context });
  }
  if (reading === undefined) return undefined;
  const visible = shortVisible({ values, subject, context });
  return {
    at,
    type: reading.type,
    nullable: reading.nullable,
    flags,
    values,
    ...(visible && { visible }),
    ...(written && { default: written }),
  };
}

function unquoted(text: string): string {
  return /^".*"$/s.test(text) ? text.slice(1, -1) : text;
}

function shortVisible({
  values,
  subject,
  context,
}: {
  readonly values: WrittenField['values'];
  readonly subject: AccessSubject | undefined;
  readonly context: SpecContext;
}): AccessRule | undefined {
  const written = values.get('visible');
  if (written === undefined) return undefined;
  return parseVisible({ written: written.text, place: written, subject, context });
}

function parseVisible({
  written,
  place,
  subject,
  context,
}: {
  readonly written: string | string[];
  readonly place: ModifierPlace;
  readonly subject: AccessSubject | undefined;
  readonly context: SpecContext;
}): AccessRule | undefined {
  if (written === 'public' || written === 'none') {
    const message = `"visible=${written}" is not needed: ${written === 'public' ? 'a field is shown to everybody who may read the row' : 'a field that nobody sees is "hidden"'}.`;
    context.report({
      at: place.at,
      offset: place.offset ?? 0,
      code: 'contradicting-access',
      message,
      mend: written === 'public' ? 'remove it' : 'write "hidden"',
    });
    return undefined;
  }
  return parseAccess({ written, at: place.at, offset: place.offset ?? 0, subject, context });
}

function reportUnknownModifier({
  word,
  at,
  context,
}: {
  readonly word: PlacedWord;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): void {
  const name = word.text.split('=')[0] ?? word.text;
  context.report({
    at,
    offset: word.offset,
    code: 'unknown-modifier',
    message: `"${word.text}" is not a modifier of a field.`,
    mend: modifierMend(word.text, name),
  });
}

function modifierMend(text: string, name: string): string {
  if (text === '=') return 'write a value after it: "= 0"';
  if (fieldValueWords.some((known) => known === name)) return `write a value after it without a space: ${name}=…`;
  if (name === 'default' && text !== name) return `write "= ${text.slice('default='.length)}"`;
  return didYouMean({ word: name, candidates: [...fieldFlags, ...fieldValueWords] });
}

type FieldObject = Exclude<FieldDocument, string>;

function objectField({ written, at, subject, context }: FieldReading & { readonly written: FieldObject }): WrittenField | undefined {
  const base = shortField({ text: written.type, at, valueAt: [...at, 'type'], subject, context });
  if (base === undefined) return undefined;
  const flags = new Map(base.flags);
  const values = new Map(base.values);
  for (const flag of fieldFlags) if (written[flag] === true) flags.set(flag, { at: [...at, flag] });
  for (const key of ['min', 'max', 'pattern', 'was', 'backfill'] as const) {
    const value = written[key];
    if (value !== undefined) values.set(key, { at: [...at, key], text: plainText(value) });
  }
  const visible =
    written.visible === undefined
      ? base.visible
      : parseVisible({ written: written.visible, place: { at: [...at, 'visible'] }, subject, context });
  const example = objectExample({ written, at, context });
  return {
    ...base,
    nullable: base.nullable || written.nullable === true,
    flags,
    values,
    ...(visible && { visible }),
    ...(written.default !== undefined && { default: { at: [...at, 'default'], value: written.default } }),
    ...(written.description !== undefined && { description: written.description }),
    ...(example !== undefined && { example }),
  };
}

/** `1e21` and `1e-10`, as JavaScript writes them, are no decimal texts; digits are. */
function plainText(value: unknown): string {
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value)) return BigInt(value).toString();
  const [, sign = '', digits = '', fraction = '', exponent] = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(String(value)) ?? [];
  return exponent === undefined ? String(value) : `${sign}0.${'0'.repeat(Number(exponent) - 1)}${digits}${fraction}`;
}

function objectExample({
  written,
  at,
  context,
}: {
  readonly written: FieldObject;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): ScalarValue | undefined {
  const { example } = written;
  if (example === undefined || example === null) return undefined;
  if (typeof example === 'string' || typeof example === 'number' || typeof example === 'boolean') return example;
  context.report({
    at: [...at, 'example'],
    code: 'bad-example-value',
    message: 'the example of a field must be a single value.',
    mend: 'write one text, number, true or false',
  });
  return undefined;
}

function finishField(field: WrittenField, context: SpecContext): FieldSpec {
  const { type, flags, values } = field;
  const isMade = type.kind === 'slug' || type.kind === 'sequence';
  const struct = values.get('schema')?.text;
  const value = readDefault(field, context);
  const backfill = readBackfill(field, context);
  return {
    name: String(field.at.at(-1)),
    type: struct === undefined ? type : structuredType({ field, struct, context }),
    nullable: field.nullable,
    unique: flags.has('unique'),
    index: flags.has('index'),
    search: flags.has('search'),
    filter: flags.has('filter'),
    sort: flags.has('sort'),
    readonly: flags.has('readonly') || isMade,
    immutable: flags.has('immutable'),
    hidden: flags.has('hidden'),
    ...(field.visible && { visible: field.visible }),
    ...(values.has('min') && { min: values.get('min')?.text ?? '' }),
    ...(values.has('max') && { max: values.get('max')?.text ?? '' }),
    ...(values.has('pattern') && { pattern: values.get('pattern')?.text ?? '' }),
    ...(value !== undefined && { default: value }),
    ...(values.has('was') && { was: values.get('was')?.text ?? '' }),
    ...(backfill && { backfill }),
    ...(field.description !== undefined && { description: field.description }),
    ...(field.example !== undefined && { example: field.example }),
  };
}

function structuredType({
  field,
  struct,
  context,
}: {
  readonly field: WrittenField;
  readonly struct: string;
  readonly context: SpecContext;
}): FieldType {
  const place: ModifierPlace = field.values.get('schema') ?? { at: field.at };
  if (field.type.kind !== 'json') {
    context.report({
      at: place.at,
      offset: place.offset ?? 0,
      code: 'misplaced-modifier',
      message: `"schema" means nothing for the type ${field.type.kind}.`,
      mend: `write "json schema=${struct}"`,
    });
    return field.type;
  }
  if (!context.isWritten(['types', struct])) {
    const mend = didYouMean({ word: struct, candidates: context.structs, otherwise: 'add it under "types"' });
    context.report({
      at: place.at,
      offset: place.offset ?? 0,
      code: 'unknown-type',
      message: `there is no structure "${struct}" under "types".`,
      mend,
    });
  }
  return { kind: 'json', struct };
}
