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
export function encodeSummary(summary: ModuleSummary): Uint8Array<ArrayBuffer> {
  const strings = new Map<string, number>();
  const { body, sizes } = encodeParts(summary, strings);
  const { lengths, characters } = writeStrings(strings.keys());
  const head = encodeHead([characters.length, lengths.length, ...lengths, ...sizes]);
  const whole = new Uint8Array(head.length + characters.length + body.length);
  whole.set(head);
  whole.set(characters, head.length);
  whole.set(body, head.length + characters.length);
  return whole;
}

interface EncodedParts {
  /** One after the other. */
  readonly body: Uint8Array;
  readonly sizes: readonly number[];
}

function encodeParts(summary: ModuleSummary, strings: Map<string, number>): EncodedParts {
  const writer = new ByteWriter(strings);
  const sizes: number[] = [];
  const add = <Value>(codec: Codec<Value>, value: Value): void => {
    const from = writer.size;
    codec.write(writer, value);
    sizes.push(writer.endPart(from));
  };
  const addAll = (codecs: object, values: object | undefined): void => {
    for (const [name, codec] of Object.entries(codecs) as [string, Codec<unknown>][]) {
      add(codec, values === undefined ? [] : values[name as keyof typeof values]);
    }
  };
  add(interfaceCodec, summary);
  addAll(partCodecs, summary);
  addAll(passingCodecs, summary);
  addAll(passingServiceCodecs, summary.service);
  return { body: writer.finish(), sizes };
}

function encodeHead(counts: readonly number[]): Uint8Array {
  const writer = new ByteWriter(new Map());
  for (const count of counts) writer.count(count);
  return writer.finish();
}
