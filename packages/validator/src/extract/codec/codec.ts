import type { Span } from '../../text/span';
import type { ByteReader } from './byte-reader';
import type { ByteWriter } from './byte-writer';

/** One kind of value as bytes: `read` takes what `write` put. */
export interface Codec<Value> {
  readonly write: (writer: ByteWriter, value: Value) => void;
  readonly read: (reader: ByteReader) => Value;
}

export const count: Codec<number> = { write: (writer, value) => writer.count(value), read: (reader) => reader.count() };

export const offset: Codec<number> = { write: (writer, value) => writer.offset(value), read: (reader) => reader.offset() };

export const string: Codec<string> = { write: (writer, value) => writer.string(value), read: (reader) => reader.string() };

export const boolean: Codec<boolean> = { write: (writer, value) => writer.count(value ? 1 : 0), read: (reader) => reader.count() === 1 };

export const span: Codec<Span> = {
  write: (writer, { start, end }) => {
    writer.offset(start);
    writer.count(end - start);
  },
  read: (reader) => {
    const start = reader.offset();
    return { start, end: start + reader.count() };
  },
};

/** A number that may be missing. */
export const maybeCount: Codec<number | undefined> = {
  write: (writer, value) => writer.count(value === undefined ? 0 : value + 1),
  read: (reader) => {
    const value = reader.count();
    return value === 0 ? undefined : value - 1;
  },
};

export function maybe<Value>(codec: Codec<Value>): Codec<Value | undefined> {
  return {
    write: (writer, value) => {
      writer.count(value === undefined ? 0 : 1);
      if (value !== undefined) codec.write(writer, value);
    },
    read: (reader) => (reader.count() === 0 ? undefined : codec.read(reader)),
  };
}

/** One of a few words. The order is part of the format. */
export function word<Word extends string>(...words: readonly Word[]): Codec<Word> {
  const indexes = new Map(words.map((each, index) => [each, index]));
  return { write: (writer, value) => writer.count(indexes.get(value)!), read: (reader) => words[reader.count()]! };
}

const EMPTY: readonly never[] = Object.freeze([]);

/** Most lists are short or empty, and an array that grows takes room for 17 items at its first: `read` makes them as long as they are. */
export function list<Value>(codec: Codec<Value>): Codec<readonly Value[]> {
  return {
    write: (writer, values) => {
      writer.count(values.length);
      for (const value of values) codec.write(writer, value);
    },
    read: (reader) => {
      const length = reader.count();
      if (length === 0) return EMPTY;
      const values = new Array<Value>(length);
      for (let index = 0; index < length; index += 1) values[index] = codec.read(reader);
      return values;
    },
  };
}

const NO_ENTRIES = Object.freeze({});

export function dictionary<Value>(codec: Codec<Value>): Codec<Readonly<Record<string, Value>>> {
  return {
    write: (writer, values) => {
      const entries = Object.entries(values);
      writer.count(entries.length);
      for (const [key, value] of entries) {
        writer.string(key);
        codec.write(writer, value);
      }
    },
    read: (reader) => {
      let left = reader.count();
      if (left === 0) return NO_ENTRIES;
      const entries: [string, Value][] = [];
      for (; left > 0; left -= 1) entries.push([reader.string(), codec.read(reader)]);
      return Object.fromEntries(entries);
    },
  };
}

export function map<Value>(codec: Codec<Value>): Codec<ReadonlyMap<string, Value>> {
  return {
    write: (writer, values) => {
      writer.count(values.size);
      for (const [key, value] of values) {
        writer.string(key);
        codec.write(writer, value);
      }
    },
    read: (reader) => {
      const values = new Map<string, Value>();
      for (let left = reader.count(); left > 0; left -= 1) values.set(reader.string(), codec.read(reader));
      return values;
    },
  };
}

export function set(): Codec<ReadonlySet<string>> {
  const strings = list(string);
  return { write: (writer, values) => strings.write(writer, [...values]), read: (reader) => new Set(strings.read(reader)) };
}

type Fields<Value> = { readonly [Key in keyof Value]-?: Codec<Value[Key]> };

/** What each codec of `constant` reads, so that records of nothing else are one object. */
const constants = new Map<unknown, unknown>();

/** An object with exactly these fields. Its `read` copies a template, so that all such objects have one hidden class. */
export function record<Value extends object>(fields: Fields<Value>): Codec<Value> {
  const keys = Object.keys(fields) as (keyof Value)[];
  const codecs = keys.map((key) => fields[key] as Codec<Value[keyof Value]>);
  const template = Object.fromEntries(keys.map((key) => [key, constants.get(fields[key])])) as Value;
  const isConstant = codecs.every((codec) => constants.has(codec));
  return {
    write: (writer, value) => {
      for (let index = 0; index < keys.length; index += 1) codecs[index]!.write(writer, value[keys[index]!]);
    },
    read: (reader) => {
      if (isConstant) return template;
      const value = { ...template };
      for (let index = 0; index < keys.length; index += 1) value[keys[index]!] = codecs[index]!.read(reader);
      return value;
    },
  };
}

type Kinds<Value extends { readonly kind: string }> = {
  readonly [Kind in Value['kind']]: Fields<Omit<Extract<Value, { readonly kind: Kind }>, 'kind'>>;
};

type Wholes<Value extends { readonly kind: string }> = {
  readonly [Kind in Value['kind']]?: Codec<Extract<Value, { readonly kind: Kind }>>;
};

/** A union told apart by `kind`. The order of the kinds is part of the format. `wholes`: of kinds that are more than their fields. */
export function union<Value extends { readonly kind: string }>(kinds: Kinds<Value>, wholes: Wholes<Value> = {}): Codec<Value> {
  const names = Object.keys(kinds) as Value['kind'][];
  const indexes = new Map(names.map((name, index) => [name, index]));
  const codecs = names.map(
    (name) => wholes[name] ?? record<object>({ kind: constant(name), ...kinds[name] } as Fields<object>),
  ) as unknown as Codec<Value>[];
  return {
    write: (writer, value) => {
      const index = indexes.get(value.kind as Value['kind'])!;
      writer.count(index);
      codecs[index]!.write(writer, value);
    },
    read: (reader) => codecs[reader.count()]!.read(reader),
  };
}

/** Takes no bytes. */
export function constant<Value>(value: Value): Codec<Value> {
  const codec: Codec<Value> = { write: () => undefined, read: () => value };
  constants.set(codec, value);
  return codec;
}

/** For types that hold themselves. */
export function later<Value>(codec: () => Codec<Value>): Codec<Value> {
  return { write: (writer, value) => codec().write(writer, value), read: (reader) => codec().read(reader) };
}
