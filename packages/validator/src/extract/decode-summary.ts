import { ByteReader } from './codec/byte-reader';
import type { Codec } from './codec/codec';
import { passingServiceCodecs, type KeptServiceFacts } from './codec/service-codecs';
import { StringTable } from './codec/string-table';
import { interfaceCodec, partCodecs, passingCodecs } from './codec/summary-codecs';
import type { ModuleSummary } from './module-summary';
import type { ServiceFacts } from './service/service-facts';

const KEPT = Object.keys(partCodecs);
const PASSING = Object.keys(passingCodecs);
const PASSING_SERVICE = Object.keys(passingServiceCodecs);

interface Part {
  readonly codec: Codec<unknown>;
  /** In the order of the bytes. */
  readonly rank: number;
}

const CODECS = { interface: interfaceCodec, ...partCodecs, ...passingCodecs, ...passingServiceCodecs };
const PARTS: ReadonlyMap<string, Part> = new Map(
  Object.entries(CODECS).map(([name, codec], rank) => [name, { codec: codec as Codec<unknown>, rank }]),
);

type ReadPart = (name: string) => unknown;

/**
 * The summary whose bytes `encodeSummary` made, for the text it was made of. Give it no other bytes.
 * Only what every reader needs is read at once; each other part is read when it is asked for.
 */
export function decodeSummary(bytes: Uint8Array, text: string): ModuleSummary {
  const { strings, places } = readHead(bytes);
  const read: ReadPart = (name) => {
    const { codec, rank } = PARTS.get(name)!;
    return codec.read(new ByteReader(bytes, strings, places[rank]));
  };
  const summary = { text, ...(read('interface') as object) };
  for (const name of KEPT) defineKept(summary, name, name === 'service' ? () => readService(read) : () => read(name));
  for (const name of PASSING) definePassing(summary, name, () => read(name));
  return summary as ModuleSummary;
}

function readService(read: ReadPart): ServiceFacts | undefined {
  const kept = read('service') as KeptServiceFacts | undefined;
  if (kept === undefined) return undefined;
  for (const name of PASSING_SERVICE) definePassing(kept, name, () => read(name));
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

/** `places`: where each part begins, by rank. */
function readHead(bytes: Uint8Array): { readonly strings: StringTable; readonly places: readonly number[] } {
  const reader = new ByteReader(bytes, new StringTable('', []));
  const size = reader.count();
  const count = reader.count() - 1;
  const isNarrow = reader.count() === 1;
  const ends: number[] = [];
  for (let index = 0, end = 0; index < count; index += 1) ends.push((end += reader.count()));
  const lengths = Array.from(PARTS, () => reader.count());
  const start = reader.position;
  const joined = Buffer.from(bytes.buffer, bytes.byteOffset + start, size).toString(isNarrow ? 'latin1' : 'utf16le');
  const places: number[] = [];
  lengths.reduce((from, length) => (places.push(from), from + length), start + size);
  return { strings: new StringTable(joined, ends), places };
}
