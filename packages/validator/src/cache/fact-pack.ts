import { crc32 } from 'node:zlib';

/** Facts of one project by key, as bytes. */
export type FactPack = ReadonlyMap<string, Uint8Array>;

/*
 * The bytes: `FVFACTS1`, CRC-32 of all that follows, length of the index, the index as JSON, the facts one after the other.
 * The index: { stamp, entries: [key, length, key, length, …] }.
 */
const MAGIC = Buffer.from('FVFACTS1', 'latin1');
const HEADER_BYTES = MAGIC.length + 8;

/** One buffer for each fact after the head, to be written in this order. */
export function encodePack(pack: FactPack, stamp: string): readonly Uint8Array[] {
  const entries = [...pack].flatMap(([key, bytes]) => [key, bytes.length]);
  const index = Buffer.from(JSON.stringify({ stamp, entries }), 'utf8');
  const head = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(head);
  head.writeUInt32LE(index.length, MAGIC.length + 4);
  const parts = [index, ...pack.values()];
  const checked = parts.reduce(continueChecksum, crc32(head.subarray(MAGIC.length + 4)));
  head.writeUInt32LE(checked, MAGIC.length);
  return [head, ...parts];
}

/** Node's `crc32` begins anew at a buffer that has no memory, as empty ones may. */
function continueChecksum(sum: number, part: Uint8Array): number {
  return part.length === 0 ? sum : crc32(part, sum);
}

/** Undefined for bytes that are damaged, cut off, of something else, or of another version of us. */
export function decodePack(bytes: Buffer, stamp: string): FactPack | undefined {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  if (crc32(bytes.subarray(MAGIC.length + 4)) !== bytes.readUInt32LE(MAGIC.length)) return undefined;
  const start = HEADER_BYTES + bytes.readUInt32LE(MAGIC.length + 4);
  const index = JSON.parse(bytes.toString('utf8', HEADER_BYTES, start)) as { stamp: string; entries: (string | number)[] };
  if (index.stamp !== stamp) return undefined;
  const pack = new Map<string, Uint8Array>();
  let offset = start;
  for (let at = 0; at < index.entries.length; at += 2) {
    const end = offset + (index.entries[at + 1] as number);
    pack.set(index.entries[at] as string, bytes.subarray(offset, end));
    offset = end;
  }
  return pack;
}
