import type { StringTable } from './string-table';

/** Reads what `ByteWriter` wrote, in the same order. */
export class ByteReader {
  private lastOffset = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly strings: StringTable,
    private place = 0,
  ) {}

  get position(): number {
    return this.place;
  }

  count(): number {
    let byte = this.bytes[this.place++]!;
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = this.bytes[this.place++]!;
      value |= (byte & 127) << shift;
    }
    return value >>> 0;
  }

  offset(): number {
    const step = this.count();
    this.lastOffset += step & 1 ? -((step + 1) >>> 1) : step >>> 1;
    return this.lastOffset;
  }

  string(): string {
    return this.strings.at(this.count());
  }
}
