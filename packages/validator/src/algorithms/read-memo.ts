import { difference, type Difference } from './difference';
import { isEqual } from './is-equal';
import { isSameList } from './is-same-list';
import { mapChanged, type Mapped } from './map-changed';
import { replacePart } from './replace-part';

interface Entry {
  readonly key: string;
  value: unknown;
  reads: readonly string[];
  /** `stale`: something it read is another. `doubted`: something it read is to be computed again, and may come out the same. */
  state: 'known' | 'doubted' | 'stale';
  /** The stage whose list it is in, and where it stood there when somebody last asked: see `indexOf`. */
  stage: Stage | undefined;
  index: number;
}

/** What is computed alike for many places. */
interface Stage {
  places: readonly string[];
  entries: readonly Entry[];
  values: readonly unknown[];
  /** Nobody was given `values` yet. */
  isFresh: boolean;
  /** Its entries whose values are not known for certain, or are not in `values` yet. */
  readonly unsettled: Set<Entry>;
  /** Its entries that hold items. */
  readonly filled: Set<Entry>;
  /** The items of all values, and of which values they are. */
  items: readonly unknown[];
  itemsOf: readonly unknown[];
}

interface ComparedPlaces {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly difference: Difference;
}

interface Derived {
  readonly from: readonly unknown[];
  readonly value: unknown;
}

/** The name of what a stage found out about one file or place. */
export function stageKey(stage: string, place: string): string {
  return `${stage}\0${place}`;
}

const NOTHING: readonly string[] = [];

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
  /** The last two lists of places that were compared. */
  private compared: ComparedPlaces | undefined;
  /** Noted while nothing was being computed: whoever acts on these values has not looked since. */
  private readonly loose = new Set<string>();

  /**
   * `record` runs a computation and adds to the set what it reads without telling `note`.
   * `null`: nothing that is read ever changes. Then only values are kept, not what they were read from, and nothing is computed twice.
   * Left out: there is nothing but what `note` is told.
   */
  constructor(private readonly record: ((reads: Set<string>, run: () => unknown) => unknown) | null = (_, run) => run()) {}

  /**
   * What a stage gives for each place, in their order; the same list again as long as no value changed. Not for use inside a computation.
   * `run` is told what it gave before. After the first value of which `goesOn` says no, the rest is left out.
   */
  computeAll<Value>(
    stage: string,
    places: readonly string[],
    run: (place: string, before: Value | undefined, index: number) => Value,
    goesOn?: (value: Value) => boolean,
  ): readonly Value[] {
    const known = this.stageNamed(stage);
    if (known.places !== places) this.align(stage, known, places);
    if (goesOn !== undefined) this.refreshWhile(known, run, goesOn);
    else if (known.unsettled.size > 0) this.refresh(known, run);
    known.isFresh = false;
    return known.values as readonly Value[];
  }

  /** The items a stage gives for all places together; the same list again as long as no value changed. */
  computeItems<Item>(
    stage: string,
    places: readonly string[],
    run: (place: string, before: readonly Item[] | undefined, index: number) => readonly Item[],
  ): readonly Item[] {
    this.computeAll(stage, places, run);
    const known = this.stageNamed(stage);
    if (known.itemsOf !== known.values) {
      const items = inOrder(known, known.filled).flatMap(({ value }) => value as readonly Item[]);
      if (!isSameList(known.items, items)) known.items = items;
      known.itemsOf = known.values;
    }
    return known.items as readonly Item[];
  }

  private stageNamed(name: string): Stage {
    const known = this.stages.get(name);
    if (known !== undefined) return known;
    const stage: Stage = {
      places: NOTHING,
      entries: [],
      values: [],
      isFresh: false,
      unsettled: new Set(),
      filled: new Set(),
      items: [],
      itemsOf: [],
    };
    this.stages.set(name, stage);
    return stage;
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

  /** What `make` gives for each item; made anew only where the list is another than before. The same list again when it holds the same. */
  deriveEach<Item, Value>(name: string, items: readonly Item[], make: (item: Item) => Value): readonly Value[] {
    const mapped = this.derive<Mapped<Item, Value>>(name, [items], (before) => mapChanged(before, items, make));
    return this.keepList(name, mapped.values);
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
    if (this.record !== null) (this.open ?? this.loose).add(read);
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
    entry.state = 'known';
    return true;
  }

  private addEntry(key: string): Entry {
    const entry: Entry = { key, value: undefined, reads: NOTHING, state: 'stale', stage: undefined, index: 0 };
    this.entries.set(key, entry);
    return entry;
  }

  private makeStale(entry: Entry): void {
    if (entry.state === 'stale') return;
    const pending = unsettle(entry, 'stale') ? [entry] : [];
    for (let next = pending.pop(); next !== undefined; next = pending.pop())
      for (const reader of this.readers.get(next.key) ?? [])
        if (reader.state === 'known' && unsettle(reader, 'doubted')) pending.push(reader);
  }

  /** Takes over a list of places: what is known of them stays, what is gone is dropped. */
  private align(stage: string, known: Stage, places: readonly string[]): void {
    const { start, ends } = this.differenceOf(known.places, places);
    const before = known.entries;
    const { come, gone } = this.entriesFor(stage, known, { places, start, ends });
    const isWhole = known.values.length === before.length;
    known.places = places;
    known.entries = replacePart(before, start, ends[0], come);
    for (const entry of gone) this.drop(entry);
    come.forEach((entry, index) => {
      if (entry.stage !== known) this.enlist(entry, known, start + index);
    });
    const values = come.map(({ value }) => value);
    known.values = isWhole ? replacePart(known.values, start, ends[0], values) : known.entries.map(({ value }) => value);
    known.isFresh = true;
  }

  /** For that part of the places; walks over both lists at once, so that those known are taken over without looking for them by name. */
  private entriesFor(
    stage: string,
    known: Stage,
    { places, start, ends }: Difference & { readonly places: readonly string[] },
  ): { readonly come: readonly Entry[]; readonly gone: ReadonlySet<Entry> } {
    const come: Entry[] = [];
    const passed = new Set<Entry>();
    let next = start;
    for (let at = start; at < ends[1]; at += 1) {
      const isNext = next < ends[0] && known.places[next] === places[at];
      const entry = isNext ? known.entries[next]! : this.entryAt(stageKey(stage, places[at]!));
      come.push(entry);
      const found = isNext ? next : entry.stage === known ? indexOf(entry, known.entries) : -1;
      while (next <= found && next < ends[0]) passed.add(known.entries[next++]!);
      if (found >= 0) passed.delete(entry);
    }
    while (next < ends[0]) passed.add(known.entries[next++]!);
    return { come, gone: passed };
  }

  private enlist(entry: Entry, stage: Stage, index: number): void {
    entry.stage = stage;
    entry.index = index;
    if (entry.state !== 'known') stage.unsettled.add(entry);
    if (isFilled(entry.value)) stage.filled.add(entry);
  }

  /** Where two lists differ: many stages have the same places, before and after. */
  private differenceOf(before: readonly string[], after: readonly string[]): Difference {
    if (this.compared?.before === before && this.compared.after === after) return this.compared.difference;
    this.compared = { before, after, difference: difference(before, after) };
    return this.compared.difference;
  }

  private entryAt(key: string): Entry {
    return this.entries.get(key) ?? this.addEntry(key);
  }

  private drop(entry: Entry): void {
    for (const read of entry.reads) this.removeReader(read, entry);
    this.entries.delete(entry.key);
    entry.stage?.unsettled.delete(entry);
    entry.stage?.filled.delete(entry);
    entry.stage = undefined;
    this.forget([entry.key]);
  }

  private refresh<Value>(known: Stage, run: (place: string, before: Value | undefined, index: number) => Value): void {
    const renewed = inOrder(known, known.unsettled);
    for (const { key, index } of renewed) this.compute<Value>(key, (before) => run(known.places[index]!, before, index));
    for (const entry of renewed) if (entry.state === 'known') known.unsettled.delete(entry);
    const changed = renewed.filter(({ value, index }) => value !== known.values[index]);
    if (changed.length === 0) return;
    const values = known.isFresh ? (known.values as unknown[]) : known.values.slice();
    for (const { value, index } of changed) values[index] = value;
    known.values = values;
  }

  private refreshWhile<Value>(
    known: Stage,
    run: (place: string, before: Value | undefined, index: number) => Value,
    goesOn: (value: Value) => boolean,
  ): void {
    if (known.unsettled.size === 0 && known.values.length === known.entries.length) return;
    const values: Value[] = [];
    for (let index = 0; index < known.entries.length; index += 1) {
      const entry = known.entries[index]!;
      if (entry.state !== 'known') this.compute<Value>(entry.key, (before) => run(known.places[index]!, before, index));
      const value = entry.value as Value;
      known.unsettled.delete(entry);
      values.push(value);
      if (!goesOn(value)) break;
    }
    if (!isSameList(known.values, values)) known.values = values;
  }

  private renew(entry: Entry, run: (before: unknown) => unknown): Entry {
    return this.record === null ? this.fill(entry, run) : this.renewWithReads(entry, run, this.record);
  }

  private fill(entry: Entry, run: (before: unknown) => unknown): Entry {
    setValue(entry, run(undefined));
    this.computed += 1;
    entry.state = 'known';
    return entry;
  }

  private renewWithReads(
    entry: Entry,
    run: (before: unknown) => unknown,
    record: (reads: Set<string>, run: () => unknown) => unknown,
  ): Entry {
    const outer = this.open;
    const reads = new Set<string>();
    this.open = reads;
    try {
      const value = record(reads, () => run(entry.value));
      this.computed += 1;
      this.takeReads(entry, reads);
      const isNew = !isEqual(entry.value, value);
      if (isNew) setValue(entry, value);
      entry.state = 'known';
      if (isNew) this.forget([entry.key]);
      return entry;
    } finally {
      this.open = outer;
    }
  }

  private takeReads(entry: Entry, reads: ReadonlySet<string>): void {
    if (reads.size === entry.reads.length && entry.reads.every((read) => reads.has(read))) return;
    for (const read of entry.reads) if (!reads.has(read)) this.removeReader(read, entry);
    for (const read of reads) this.addReader(read, entry);
    entry.reads = [...reads];
  }

  private addReader(read: string, entry: Entry): void {
    const known = this.readers.get(read);
    if (known === undefined) this.readers.set(read, new Set([entry]));
    else known.add(entry);
  }

  /** A value that was computed for others alone goes with the last of them. */
  private removeReader(read: string, entry: Entry): void {
    const known = this.readers.get(read);
    if (known?.delete(entry) !== true || known.size > 0) return;
    this.readers.delete(read);
    const inner = this.entries.get(read);
    if (inner !== undefined && inner.stage === undefined) this.drop(inner);
  }
}

/** These entries as they stand in the list, with their places. */
function inOrder({ entries }: Stage, some: ReadonlySet<Entry>): readonly Entry[] {
  for (const entry of some) entry.index = indexOf(entry, entries);
  return [...some].sort((left, right) => left.index - right.index);
}

/** Lists grow and shrink before an entry, which then stands near its old place: that way, nothing is done for those nobody asks for. */
function indexOf(entry: Entry, entries: readonly Entry[]): number {
  const known = entry.index;
  for (let distance = 0; known - distance >= 0 || known + distance < entries.length; distance += 1) {
    if (entries[known - distance] === entry) return known - distance;
    if (entries[known + distance] === entry) return known + distance;
  }
  return known;
}

/** Returns whether it was known before: then those who read it are to be told. */
function unsettle(entry: Entry, state: 'doubted' | 'stale'): boolean {
  const wasKnown = entry.state === 'known';
  if (wasKnown) entry.stage?.unsettled.add(entry);
  entry.state = state;
  return wasKnown;
}

function setValue(entry: Entry, value: unknown): void {
  entry.value = value;
  if (isFilled(value)) entry.stage?.filled.add(entry);
  else entry.stage?.filled.delete(entry);
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

/** Those of either list that the other has not; lists mostly differ in one place. */
function changedItems<Item>(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  const { start, ends } = difference(before, after);
  const [gone, come] = [new Set(before.slice(start, ends[0])), new Set(after.slice(start, ends[1]))];
  return [...[...gone].filter((item) => !come.has(item)), ...[...come].filter((item) => !gone.has(item))];
}
