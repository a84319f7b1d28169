import { ByteReader } from './codec/byte-reader';
import type { Codec } from './codec/codec';
import { passingServiceCodecs, type KeptServiceFacts } from './codec/service-codecs';
import { StringTable } from './codec/string-table';
import { interfaceCodec, partCodecs, passingCodecs } from './codec/summary-codecs';
import type { ModuleSummary } from './module-summary';
import type { ServiceFacts } from './service/service-facts';

const CODECS: readonly Codec<unknown>[] = [interfaceCodec, partCodecs, passingCodecs, passingServiceCodecs].flatMap((codecs, rank) =>
  rank === 0 ? [codecs as unknown as Codec<unknown>] : Object.values(codecs as Record<string, Codec<unknown>>),
);
const KEPT = Object.keys(partCodecs);
const PASSING = Object.keys(passingCodecs);
const PASSING_SERVICE = Object.keys(passingServiceCodecs);

/**
 * The summary whose bytes `encodeSummary` made, for the text it was made of. Give it no other bytes.
 * Only what every reader needs is read at once; each other part is read when it is asked for.
 */
export function decodeSummary(bytes: Uint8Array, text: string): ModuleSummary {
  const { strings, places } = readHead(bytes);
  const read = (index: number): unknown => CODECS[index]!.read(new ByteReader(bytes, strings, places[index]));
  const summary = { text, ...(read(0) as object) };
  let next = 1;
  for (const name of KEPT) {
    const index = next++;
    defineKept(
      summary,
      name,
      name === 'service' ? () => withPassing(read(index) as KeptServiceFacts | undefined, read) : () => read(index),
    );
  }
  for (const name of PASSING) {
    const index = next++;
    definePassing(summary, name, () => read(index));
  }
  return summary as ModuleSummary;
}

function withPassing(kept: KeptServiceFacts | undefined, read: (index: number) => unknown): ServiceFacts | undefined {
  if (kept === undefined) return undefined;
  const first = 1 + KEPT.length + PASSING.length;
  PASSING_SERVICE.forEach((name, rank) => definePassing(kept, name, () => read(first + rank)));
  return kept as ServiceFacts;
}

function defineKept(target: object, name: string, make: () => unknown): void {
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

function definePassing(target: object, name: string, get: () => unknown): void {
  Object.defineProperty(target, name, { enumerable: true, get });
}

/** `places`: where each part begins. */
function readHead(bytes: Uint8Array): { readonly strings: StringTable; readonly places: readonly number[] } {
  const reader = new ByteReader(bytes, new StringTable('', []));
  const size = reader.count();
  const count = reader.count() - 1;
  const isNarrow = reader.count() === 1;
  const ends: number[] = [];
  for (let index = 0, end = 0; index < count; index += 1) ends.push((end += reader.count()));
  const lengths = CODECS.map(() => reader.count());
  const start = reader.position;
  const joined = Buffer.from(bytes.buffer, bytes.byteOffset + start, size).toString(isNarrow ? 'latin1' : 'utf16le');
  const places: number[] = [];
  lengths.reduce((from, length) => (places.push(from), from + length), start + size);
  return { strings: new StringTable(joined, ends), places };
}
