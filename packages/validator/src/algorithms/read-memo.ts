interface Entry {
  readonly value: unknown;
  readonly reads: ReadonlySet<string>;
}

/**
 * Keeps computed values with the names of all that was read for them, so that only those are computed again that read something
 * which changed. A value computed inside another one is a thing that one read.
 */
export class ReadMemo {
  /** Values computed so far: the measure of the work. */
  computed = 0;
  private readonly entries = new Map<string, Entry>();
  private readonly readers = new Map<string, Set<string>>();
  private open: Set<string> | undefined;
  /** Noted while nothing was being computed. */
  private readonly loose = new Set<string>();

  /** `record` runs a computation and adds to the set what it reads without telling `note`. */
  constructor(private readonly record: (reads: Set<string>, run: () => unknown) => unknown = (_, run) => run()) {}

  /** The value of that key: the one known, or what `run` gives. */
  compute<Value>(key: string, run: () => Value): Value {
    this.open?.add(key);
    const known = this.entries.get(key);
    if (known !== undefined) return known.value as Value;
    const outer = this.open;
    const reads = new Set<string>();
    this.open = reads;
    try {
      const value = this.record(reads, run) as Value;
      this.computed += 1;
      this.entries.set(key, { value, reads });
      for (const read of reads) this.addReader(read, key);
      return value;
    } finally {
      this.open = outer;
    }
  }

  /** The value being computed depends on this. */
  note(read: string): void {
    (this.open ?? this.loose).add(read);
  }

  /** By a value that is known, or outside of all values since `forgetLoose`. */
  isRead(read: string): boolean {
    return this.readers.has(read) || this.loose.has(read);
  }

  forgetLoose(): void {
    this.loose.clear();
  }

  isKnown(key: string): boolean {
    return this.entries.has(key);
  }

  /** Drops every value that read one of these, directly or through other values. */
  forget(changed: Iterable<string>): void {
    const pending = [...changed];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const read of this.entries.get(next)?.reads ?? []) this.removeReader(read, next);
      this.entries.delete(next);
      pending.push(...(this.readers.get(next) ?? []));
    }
  }

  private addReader(read: string, key: string): void {
    const known = this.readers.get(read);
    if (known === undefined) this.readers.set(read, new Set([key]));
    else known.add(key);
  }

  private removeReader(read: string, key: string): void {
    const known = this.readers.get(read);
    if (known?.delete(key) === true && known.size === 0) this.readers.delete(read);
  }
}
