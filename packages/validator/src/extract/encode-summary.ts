import { ByteWriter } from './codec/byte-writer';
import type { Codec } from './codec/codec';
import { writeStrings } from './codec/string-table';
import { interfaceCodec, partCodecs } from './codec/summary-codecs';
import type { ModuleSummary } from './module-summary';

/**
 * A summary as bytes, without its text; `decodeSummary` makes it whole again.
 * First come the strings of all parts, then the part that every reader needs, then the others, each after its length.
 */
export function encodeSummary(summary: ModuleSummary): Uint8Array {
  const strings = new Map<string, number>();
  const parts: Uint8Array[] = [encodePart(interfaceCodec, summary, strings)];
  for (const [name, codec] of Object.entries(partCodecs)) {
    parts.push(encodePart(codec as Codec<unknown>, summary[name as keyof typeof partCodecs], strings));
  }
  const { lengths, characters } = writeStrings(strings.keys());
  const whole = new ByteWriter(strings);
  whole.count(characters.length);
  whole.count(lengths.length);
  for (const length of lengths) whole.count(length);
  for (const part of parts) whole.count(part.length);
  whole.raw(characters);
  for (const part of parts) whole.raw(part);
  return whole.finish();
}

function encodePart<Value>(codec: Codec<Value>, value: Value, strings: Map<string, number>): Uint8Array {
  const writer = new ByteWriter(strings);
  codec.write(writer, value);
  return writer.finish();
}
