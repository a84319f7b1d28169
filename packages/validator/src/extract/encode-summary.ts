import { ByteWriter } from './codec/byte-writer';
import type { Codec } from './codec/codec';
import { passingServiceCodecs } from './codec/service-codecs';
import { writeStrings } from './codec/string-table';
import { interfaceCodec, partCodecs, passingCodecs } from './codec/summary-codecs';
import type { ModuleSummary } from './module-summary';

/**
 * A summary as bytes, without its text; `decodeSummary` makes it whole again.
 * First come the strings of all parts, then the part that every reader needs, then the others, each after its length.
 */
export function encodeSummary(summary: ModuleSummary): Uint8Array {
  const strings = new Map<string, number>();
  const parts: Uint8Array[] = [encodePart(interfaceCodec, summary, strings)];
  const add = (codecs: object, values: object | undefined): void => {
    for (const [name, codec] of Object.entries(codecs) as [string, Codec<unknown>][]) {
      parts.push(encodePart(codec, values === undefined ? [] : values[name as keyof typeof values], strings));
    }
  };
  add(partCodecs, summary);
  add(passingCodecs, summary);
  add(passingServiceCodecs, summary.service);
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
