/** Bytes that grow; offsets are written as steps from the offset before. */
export class ByteWriter {
  private bytes = new Uint8Array(1024);
  private length = 0;
  private lastOffset = 0;

  constructor(private readonly strings: Map<string, number>) {}

  /** A whole number from 0 on, seven bits a byte. */
  count(value: number): void {
    if (this.length + 8 > this.bytes.length) this.grow(8);
    let rest = value;
    while (rest > 127) {
      this.bytes[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
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

  raw(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.bytes.length) this.grow(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private grow(needed: number): void {
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + needed));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
