import { ByteReader } from './codec/byte-reader';
import type { Codec } from './codec/codec';
import { StringTable } from './codec/string-table';
import { interfaceCodec, partCodecs } from './codec/summary-codecs';
import type { ModuleSummary } from './module-summary';

type Part = keyof typeof partCodecs;

const PARTS = Object.keys(partCodecs) as readonly Part[];

/**
 * The summary whose bytes `encodeSummary` made, for the text it was made of. Give it no other bytes.
 * Only what every reader needs is read at once; each other part is read when it is first asked for.
 */
export function decodeSummary(bytes: Uint8Array, text: string): ModuleSummary {
  const { strings, places } = readHead(bytes);
  const read = <Value>(codec: Codec<Value>, index: number): Value => codec.read(new ByteReader(bytes, strings, places[index]));
  const summary = { text, ...read(interfaceCodec, 0) };
  PARTS.forEach((part, index) => defineLazily(summary, part, () => read(partCodecs[part] as Codec<unknown>, index + 1)));
  return summary as ModuleSummary;
}

function defineLazily(target: object, name: string, make: () => unknown): void {
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    get: () => {
      const value = make();
      Object.defineProperty(target, name, { value, enumerable: true });
      return value;
    },
  });
}

/** `places`: where each part begins. */
function readHead(bytes: Uint8Array): { readonly strings: StringTable; readonly places: readonly number[] } {
  const reader = new ByteReader(bytes, new StringTable('', []));
  const size = reader.count();
  const count = reader.count() - 1;
  const isNarrow = reader.count() === 1;
  const ends: number[] = [];
  for (let index = 0, end = 0; index < count; index += 1) ends.push((end += reader.count()));
  const lengths = ['interface', ...PARTS].map(() => reader.count());
  const start = reader.position;
  const joined = Buffer.from(bytes.buffer, bytes.byteOffset + start, size).toString(isNarrow ? 'latin1' : 'utf16le');
  const places: number[] = [];
  lengths.reduce((from, length) => (places.push(from), from + length), start + size);
  return { strings: new StringTable(joined, ends), places };
}
