interface Entry {
  readonly value: unknown;
  readonly reads: ReadonlySet<string>;
}

interface Stage {
  readonly values: Map<string, unknown>;
  last: { readonly places: readonly string[]; readonly values: readonly unknown[] } | undefined;
}

/** The name of what a stage found out about one file or place. */
export function stageKey(stage: string, place: string): string {
  return `${stage}\0${place}`;
}

function keepOnly(values: Map<string, unknown>, places: readonly string[]): void {
  const kept = new Set(places);
  for (const place of [...values.keys()]) if (!kept.has(place)) values.delete(place);
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
  private readonly stages = new Map<string, Stage>();
  private readonly lists = new Map<string, readonly unknown[]>();
  private readonly derived = new Map<string, { readonly from: readonly unknown[]; readonly value: unknown }>();
  private open: Set<string> | undefined;
  /** Noted while nothing was being computed, or read by a value that was dropped: whoever acts on these values has not looked since. */
  private readonly loose = new Set<string>();

  /** `record` runs a computation and adds to the set what it reads without telling `note`. */
  constructor(private readonly record: (reads: Set<string>, run: () => unknown) => unknown = (_, run) => run()) {}

  /** What a stage gives for each place, in their order; the same list again as long as no value changed. Not for use inside a computation. */
  computeAll<Value>(stage: string, places: readonly string[], run: (place: string) => Value): readonly Value[] {
    const known = this.stages.get(stage) ?? { values: new Map(), last: undefined };
    this.stages.set(stage, known);
    const isKnown = known.last?.places === places && known.values.size === places.length;
    if (isKnown) return known.last!.values as readonly Value[];
    const values = places.map((place) => {
      if (!known.values.has(place))
        known.values.set(
          place,
          this.compute(stageKey(stage, place), () => run(place)),
        );
      return known.values.get(place) as Value;
    });
    known.last = { places, values };
    if (known.values.size > places.length) keepOnly(known.values, places);
    return values;
  }

  /** The same list as before under that name when it has the same items. */
  keepList<Item>(name: string, items: readonly Item[]): readonly Item[] {
    const before = this.lists.get(name);
    if (before?.length === items.length && items.every((item, index) => item === before[index])) return before as readonly Item[];
    this.lists.set(name, items);
    return items;
  }

  /** Made anew only when one of these is another object than before. */
  derive<Value>(name: string, from: readonly unknown[], make: () => Value): Value {
    const known = this.derived.get(name);
    if (known?.from.every((item, index) => item === from[index]) === true) return known.value as Value;
    const value = make();
    this.derived.set(name, { from, value });
    return value;
  }

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

  /** By a value that is known, by one dropped since `forgetLoose`, or outside of all values since then. */
  isRead(read: string): boolean {
    return this.readers.has(read) || this.loose.has(read);
  }

  /** Forgets what was noted outside of values. */
  forgetLoose(): void {
    this.loose.clear();
  }

  /** Drops every value that read one of these, directly or through other values. */
  forget(changed: Iterable<string>): void {
    const pending = [...changed];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const read of this.entries.get(next)?.reads ?? []) {
        this.removeReader(read, next);
        this.loose.add(read);
      }
      this.forgetInStage(next);
      this.entries.delete(next);
      pending.push(...(this.readers.get(next) ?? []));
    }
  }

  private forgetInStage(key: string): void {
    const end = key.indexOf('\0');
    if (end > 0) this.stages.get(key.slice(0, end))?.values.delete(key.slice(end + 1));
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
