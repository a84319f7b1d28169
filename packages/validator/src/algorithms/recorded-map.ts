import type { ReadMemo } from './read-memo';

/** Read by whoever walks over a whole map. */
export const EVERYTHING = '\0everything';

/** A map that tells a memo which of its keys are read, under names that begin with `prefix`. */
export class RecordedMap<Value> implements ReadonlyMap<string, Value> {
  constructor(
    private readonly inner: ReadonlyMap<string, Value>,
    private readonly memo: ReadMemo,
    private readonly prefix = '',
  ) {}

  get(key: string): Value | undefined {
    this.memo.note(this.prefix + key);
    return this.inner.get(key);
  }

  has(key: string): boolean {
    this.memo.note(this.prefix + key);
    return this.inner.has(key);
  }

  get size(): number {
    return this.whole().size;
  }

  keys(): MapIterator<string> {
    return this.whole().keys();
  }

  values(): MapIterator<Value> {
    return this.whole().values();
  }

  entries(): MapIterator<[string, Value]> {
    return this.whole().entries();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.whole()[Symbol.iterator]();
  }

  forEach(run: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    this.whole().forEach((value, key) => run(value, key, this));
  }

  private whole(): ReadonlyMap<string, Value> {
    this.memo.note(EVERYTHING);
    return this.inner;
  }
}
