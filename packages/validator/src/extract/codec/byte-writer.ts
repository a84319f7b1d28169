/** What writers write into; only one of them is at work in a thread at a time. */
let scratch = new Uint8Array(1 << 16);

/** Bytes that grow; offsets are written as steps from the offset before. */
export class ByteWriter {
  private length = 0;
  private lastOffset = 0;

  constructor(private readonly strings: Map<string, number>) {}

  /** A whole number from 0 on, seven bits a byte. */
  count(value: number): void {
    if (this.length + 8 > scratch.length) grow(this.length + 8);
    let rest = value;
    while (rest > 127) {
      scratch[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    scratch[this.length++] = rest;
  }

  offset(value: number): void {
    const step = value - this.lastOffset;
    this.count(step < 0 ? -step * 2 - 1 : step * 2);
    this.lastOffset = value;
  }

  /** Each string is kept once: here is only its number. */
  string(value: string): void {
    let index = this.strings.get(value);
    if (index === undefined) this.strings.set(value, (index = this.strings.size));
    this.count(index);
  }

  /** Ends a part that a reader of its own can read; returns how many bytes it has. */
  endPart(from: number): number {
    this.lastOffset = 0;
    return this.length - from;
  }

  get size(): number {
    return this.length;
  }

  /** A copy of all that was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return scratch.slice(0, this.length);
  }
}

function grow(needed: number): void {
  const larger = new Uint8Array(Math.max(scratch.length * 2, needed));
  larger.set(scratch);
  scratch = larger;
}
