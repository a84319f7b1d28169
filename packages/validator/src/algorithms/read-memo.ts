import { isEqual } from './is-equal';

interface Entry {
  readonly key: string;
  value: unknown;
  reads: readonly string[];
  /** `stale`: something it read is another. `doubted`: something it read is to be computed again, and may come out the same. */
  state: 'known' | 'doubted' | 'stale';
  /** The stage whose list it is in, and where. */
  stage: Stage | undefined;
  index: number;
  /** The list it was last put in. */
  listed: unknown;
}

/** What is computed alike for many places. */
interface Stage {
  places: readonly string[];
  entries: readonly Entry[];
  values: readonly unknown[];
  /** How many of its values are not known for certain. */
  unsettled: number;
}

interface Derived {
  readonly from: readonly unknown[];
  readonly value: unknown;
}

/** The name of what a stage found out about one file or place. */
export function stageKey(stage: string, place: string): string {
  return `${stage}\0${place}`;
}

const NO_PLACES: readonly string[] = [];
const NO_READS: readonly string[] = [];

/**
 * Keeps computed values with the names of all that was read for them, so that only those are computed again that read something
 * which changed. A value computed inside another one is a thing that one read.
 *
 * A value that comes out equal to the one before stays the same object, and nobody is computed again for having read it;
 * for that, it has to be asked for before those who read it.
 */
export class ReadMemo {
  /** Values computed so far: the measure of the work. */
  computed = 0;
  private readonly entries = new Map<string, Entry>();
  private readonly readers = new Map<string, Set<Entry>>();
  private readonly stages = new Map<string, Stage>();
  private readonly lists = new Map<string, readonly unknown[]>();
  private readonly derived = new Map<string, Derived>();
  private open: Set<string> | undefined;
  /** Noted while nothing was being computed: whoever acts on these values has not looked since. */
  private readonly loose = new Set<string>();

  /** `record` runs a computation and adds to the set what it reads without telling `note`. */
  constructor(private readonly record: (reads: Set<string>, run: () => unknown) => unknown = (_, run) => run()) {}

  /**
   * What a stage gives for each place, in their order; the same list again as long as no value changed. Not for use inside a computation.
   * `run` is told what it gave before. After the first value of which `goesOn` says no, the rest is left out.
   */
  computeAll<Value>(
    stage: string,
    places: readonly string[],
    run: (place: string, before: Value | undefined) => Value,
    goesOn: (value: Value) => boolean = () => true,
  ): readonly Value[] {
    const known = this.stages.get(stage) ?? { places: NO_PLACES, entries: [], values: [], unsettled: 0 };
    this.stages.set(stage, known);
    if (known.places === places && known.unsettled === 0) return known.values as readonly Value[];
    if (known.places !== places) this.align(stage, known, places);
    takeValues(known, this.refresh(stage, known, run, goesOn));
    return known.values as readonly Value[];
  }

  /** The same list as before under that name when it has the same items. */
  keepList<Item>(name: string, items: readonly Item[]): readonly Item[] {
    const before = this.lists.get(name);
    if (before !== undefined && isSameList(before, items)) return before as readonly Item[];
    this.lists.set(name, items);
    return items;
  }

  /**
   * The same list as before under that name when it has the same items; else the values that noted the key of an item
   * which is another object now, or gone, are computed again.
   */
  keepItems<Item>(name: string, items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
    const before = (this.lists.get(name) ?? []) as readonly Item[];
    const kept = this.keepList(name, items);
    if (kept !== before) this.forget(changedItems(before, items).map(keyOf));
    return kept;
  }

  /** Made anew only when one of these is another object than before; `make` is given what it made before. */
  derive<Value>(name: string, from: readonly unknown[], make: (before: Value | undefined) => Value): Value {
    const known = this.derived.get(name);
    if (known !== undefined && isSameList(known.from, from)) return known.value as Value;
    const value = make(known?.value as Value | undefined);
    this.derived.set(name, { from, value });
    return value;
  }

  /** The value of that key: the one known, or what `run` gives. */
  compute<Value>(key: string, run: (before: Value | undefined) => Value): Value {
    this.open?.add(key);
    const entry = this.entries.get(key);
    if (entry !== undefined && this.settles(entry)) return entry.value as Value;
    return this.renew(entry ?? this.addEntry(key), run as (before: unknown) => unknown).value as Value;
  }

  /** The value being computed depends on this. */
  note(read: string): void {
    (this.open ?? this.loose).add(read);
  }

  /** By a value, or outside of all values since `forgetLoose`. */
  isRead(read: string): boolean {
    return this.readers.has(read) || this.loose.has(read);
  }

  /** Forgets what was noted outside of values. */
  forgetLoose(): void {
    this.loose.clear();
  }

  /** Every value that read one of these is computed again when it is next asked for. */
  forget(changed: Iterable<string>): void {
    for (const read of changed) for (const entry of this.readers.get(read) ?? []) this.makeStale(entry);
  }

  /** Whether the value stands; what it read is not computed for that. */
  private settles(entry: Entry): boolean {
    if (entry.state !== 'doubted') return entry.state === 'known';
    const isOpen = entry.reads.some((read) => {
      const inner = this.entries.get(read);
      return inner !== undefined && !this.settles(inner);
    });
    if (isOpen) return false;
    settle(entry);
    return true;
  }

  private addEntry(key: string): Entry {
    const entry: Entry = { key, value: undefined, reads: NO_READS, state: 'stale', stage: undefined, index: 0, listed: undefined };
    this.entries.set(key, entry);
    return entry;
  }

  private makeStale(entry: Entry): void {
    if (entry.state === 'stale') return;
    const pending = unsettle(entry, 'stale') ? [entry] : [];
    for (let next = pending.pop(); next !== undefined; next = pending.pop())
      for (const reader of this.readers.get(next.key) ?? []) if (reader.state === 'known' && unsettle(reader, 'doubted')) pending.push(reader);
  }

  /** Takes over a list of places: what is known of them stays, what is gone is dropped. */
  private align(stage: string, known: Stage, places: readonly string[]): void {
    const before = known.entries;
    const entries: Entry[] = [];
    /** Where the next place most likely was: lists change in few places. */
    let at = 0;
    for (const place of places) {
      const entry = known.places[at] === place ? before[at]! : this.entryAt(stageKey(stage, place));
      if (entry.listed === before) at = entry.index + 1;
      entries.push(entry);
    }
    for (let index = 0; index < entries.length; index += 1) list(entries[index]!, known, entries, index);
    for (const entry of before) if (entry.listed === before) this.drop(entry);
    known.places = places;
    known.entries = entries;
    known.unsettled = 0;
    for (const { state } of entries) if (state !== 'known') known.unsettled += 1;
  }

  private entryAt(key: string): Entry {
    return this.entries.get(key) ?? this.addEntry(key);
  }

  private drop(entry: Entry): void {
    for (const read of entry.reads) this.removeReader(read, entry);
    this.entries.delete(entry.key);
    entry.stage = undefined;
    this.forget([entry.key]);
  }

  /** Returns how many values there are. */
  private refresh<Value>(
    stage: string,
    known: Stage,
    run: (place: string, before: Value | undefined) => Value,
    goesOn: (value: Value) => boolean,
  ): number {
    const { entries, places } = known;
    for (let index = 0; index < entries.length; index += 1) {
      const entry = entries[index]!;
      if (entry.state !== 'known') this.compute<Value>(stageKey(stage, places[index]!), (before) => run(places[index]!, before));
      if (!goesOn(entry.value as Value)) return index + 1;
    }
    return entries.length;
  }

  private renew(entry: Entry, run: (before: unknown) => unknown): Entry {
    const outer = this.open;
    const reads = new Set<string>();
    this.open = reads;
    try {
      const value = this.record(reads, () => run(entry.value));
      this.computed += 1;
      this.takeReads(entry, reads);
      const isNew = !isEqual(entry.value, value);
      if (isNew) entry.value = value;
      settle(entry);
      if (isNew) this.forget([entry.key]);
      return entry;
    } finally {
      this.open = outer;
    }
  }

  private takeReads(entry: Entry, reads: ReadonlySet<string>): void {
    for (const read of entry.reads) if (!reads.has(read)) this.removeReader(read, entry);
    for (const read of reads) this.addReader(read, entry);
    entry.reads = [...reads];
  }

  private addReader(read: string, entry: Entry): void {
    const known = this.readers.get(read);
    if (known === undefined) this.readers.set(read, new Set([entry]));
    else known.add(entry);
  }

  private removeReader(read: string, entry: Entry): void {
    const known = this.readers.get(read);
    if (known?.delete(entry) === true && known.size === 0) this.readers.delete(read);
  }
}

/** Returns whether it was known before: then those who read it are to be told. */
function unsettle(entry: Entry, state: 'doubted' | 'stale'): boolean {
  const wasKnown = entry.state === 'known';
  if (wasKnown && entry.stage !== undefined) entry.stage.unsettled += 1;
  entry.state = state;
  return wasKnown;
}

function settle(entry: Entry): void {
  if (entry.state !== 'known' && entry.stage !== undefined) entry.stage.unsettled -= 1;
  entry.state = 'known';
}

function list(entry: Entry, stage: Stage, entries: readonly Entry[], index: number): void {
  entry.stage = stage;
  entry.listed = entries;
  entry.index = index;
}

/** A new list only when it has other values. */
function takeValues(known: Stage, count: number): void {
  const { entries, values } = known;
  const isSame = values.length === count && values.every((value, index) => value === entries[index]!.value);
  if (!isSame) known.values = (count === entries.length ? entries : entries.slice(0, count)).map(({ value }) => value);
}

/** Those of either list that the other has not; lists mostly differ in one place. */
function changedItems<Item>(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const [gone, come] = [before, after].map((list) => new Set(list.slice(start, list.length - end)));
  return [...[...gone!].filter((item) => !come!.has(item)), ...[...come!].filter((item) => !gone!.has(item))];
}

function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left === right || (left.length === right.length && left.every((item, index) => item === right[index]));
}
