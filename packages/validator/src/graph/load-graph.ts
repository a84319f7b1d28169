import { stronglyConnectedComponents } from '../algorithms/strongly-connected-components';
import type { FileLoads } from './read-loads';

/** Files that load one another, sorted. */
export type Component = readonly string[];

/**
 * Who loads whom, and which files lie in cycles. Kept up as files change: a file that loads others than before is looked at with its
 * neighbours, and the rest of the graph only where a cycle comes to be or falls apart.
 */
export class LoadGraph {
  private readonly loads = new Map<string, FileLoads>();
  private readonly importers = new Map<string, Set<string>>();
  private readonly comers = new Map<string, Set<string>>();
  private readonly components = new Map<string, Component>();
  private readonly reaching = new Set<string>();
  private sorted: readonly Component[] | undefined = [];
  private groups: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  has(path: string): boolean {
    return this.loads.has(path);
  }

  /** Of several files, or of one that imports itself: by their first members. */
  cycles(): readonly Component[] {
    this.sorted ??= [...new Set(this.components.values())].sort(([left], [right]) => (left! < right! ? -1 : 1));
    return this.sorted;
  }

  componentOf(path: string): Component | undefined {
    return this.components.get(path);
  }

  /** The file with all that following its load may come to and that may come back to it; told for the whole graph at once. */
  groupOf(path: string): ReadonlySet<string> {
    this.groups ??= this.listGroups();
    return this.groups.get(path) ?? new Set([path]);
  }

  private listGroups(): ReadonlyMap<string, ReadonlySet<string>> {
    const components = stronglyConnectedComponents([...this.loads.keys()], (path) => this.loads.get(path)!.reach);
    return new Map(
      components.flatMap((members) => {
        const group = new Set(members);
        return members.map((path): [string, ReadonlySet<string>] => [path, group]);
      }),
    );
  }

  /** Whether following the load of this file may come to a cycle. */
  reachesCycle(path: string): boolean {
    return this.reaching.has(path);
  }

  /** Some file loads it. */
  isLoaded(path: string): boolean {
    return this.importers.has(path);
  }

  /** These files, and all from which following a load may come to one of them. */
  comingTo(paths: Iterable<string>): ReadonlySet<string> {
    return reachedFrom(paths, (path) => this.comers.get(path) ?? []);
  }

  /** Takes over what files load now (`undefined`: the file is gone). Returns the files whose place in the graph may be another. */
  update(changes: ReadonlyMap<string, FileLoads | undefined>): ReadonlySet<string> {
    const touched = new Set(changes.keys());
    if (changes.size > 0) this.groups = undefined;
    const added: (readonly [string, string])[] = [];
    const broken = new Set<Component>();
    const doubted = new Set<string>();
    for (const [path, now] of changes) {
      const before = this.loads.get(path);
      this.replace(path, before, now);
      for (const target of new Set([...(before?.targets ?? []), ...(now?.targets ?? [])])) touched.add(target);
      for (const target of now?.targets ?? []) if (before?.targets.includes(target) !== true) added.push([path, target]);
      if (before !== undefined && this.breaks(path, before, now)) broken.add(this.components.get(path)!);
      if (before?.reach.some((other) => now?.reach.includes(other) !== true) === true || now === undefined) doubted.add(path);
    }
    const members = [...broken].flatMap((component) => this.dissolve(component));
    this.findCycles(members);
    for (const [path, now] of changes) if (now?.isOwn === true && !this.components.has(path)) this.addComponent([path]);
    for (const [path, target] of added) this.closeCycle(path, target);
    const lost = this.forgetReaching([...doubted, ...members]);
    for (const path of [...lost, ...this.learnReaching([...lost, ...changes.keys()])]) touched.add(path);
    return touched;
  }

  private replace(path: string, before: FileLoads | undefined, now: FileLoads | undefined): void {
    for (const target of before?.targets ?? []) removeFrom(this.importers, target, path);
    for (const other of before?.reach ?? []) removeFrom(this.comers, other, path);
    for (const target of now?.targets ?? []) addTo(this.importers, target, path);
    for (const other of now?.reach ?? []) addTo(this.comers, other, path);
    if (now === undefined) this.loads.delete(path);
    else this.loads.set(path, now);
  }

  /** Whether a cycle the file was in may be none any more. */
  private breaks(path: string, before: FileLoads, now: FileLoads | undefined): boolean {
    const component = this.components.get(path);
    if (component === undefined) return false;
    if (now === undefined || (before.isOwn && !now.isOwn)) return true;
    return before.targets.some((target) => !now.targets.includes(target) && this.components.get(target) === component);
  }

  private dissolve(component: Component): readonly string[] {
    this.sorted = undefined;
    for (const path of component) this.components.delete(path);
    return component;
  }

  private addComponent(members: readonly string[]): void {
    this.sorted = undefined;
    for (const path of members) this.components.set(path, members);
  }

  /** Looks among these files alone. */
  private findCycles(members: readonly string[]): void {
    const targetsOf = (path: string): readonly string[] => this.loads.get(path)?.targets ?? [];
    for (const component of stronglyConnectedComponents(
      members.filter((path) => this.loads.has(path)),
      targetsOf,
    ))
      if (component.length > 1 || this.loads.get(component[0]!)!.isOwn) this.addComponent(component);
  }

  /** A file loads another one now: all that lies on a way back is one cycle with it. */
  private closeCycle(path: string, target: string): void {
    const known = this.components.get(path);
    if (!this.importers.has(path) || (known !== undefined && known === this.components.get(target))) return;
    const ahead = reachedFrom([target], (each) => this.loads.get(each)?.targets ?? []);
    if (!ahead.has(path)) return;
    const behind = reachedFrom([path], (each) => [...(this.importers.get(each) ?? [])].filter((other) => ahead.has(other)));
    const members = [...behind].filter((each) => this.loads.has(each)).sort();
    for (const component of new Set(members.map((each) => this.components.get(each))))
      if (component !== undefined) this.dissolve(component);
    this.addComponent(members);
  }

  /** Takes back what is known of these files and of all that come to them; returns those that were known to reach a cycle. */
  private forgetReaching(doubted: readonly string[]): readonly string[] {
    const lost = this.comingTo(doubted.filter((path) => this.reaching.has(path)));
    return [...lost].filter((path) => this.reaching.delete(path));
  }

  /** Of these files, those of cycles they came to be in, and all that come to them; returns those that reach a cycle from now on. */
  private learnReaching(starts: readonly string[]): readonly string[] {
    const pending = starts.flatMap((path) => [path, ...(this.components.get(path) ?? [])]).filter((path) => this.leadsToCycle(path));
    const learnt: string[] = [];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (this.reaching.has(next) || !this.loads.has(next)) continue;
      this.reaching.add(next);
      learnt.push(next);
      pending.push(...(this.comers.get(next) ?? []));
    }
    return learnt;
  }

  /** Itself in a cycle, or next to a file that is known to reach one. */
  private leadsToCycle(path: string): boolean {
    return this.components.has(path) || this.loads.get(path)?.reach.some((other) => this.reaching.has(other)) === true;
  }
}

function addTo(groups: Map<string, Set<string>>, key: string, value: string): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, new Set([value]));
  else group.add(value);
}

function removeFrom(groups: Map<string, Set<string>>, key: string, value: string): void {
  const group = groups.get(key);
  if (group?.delete(value) === true && group.size === 0) groups.delete(key);
}

function reachedFrom(starts: Iterable<string>, next: (path: string) => Iterable<string>): ReadonlySet<string> {
  const reached = new Set(starts);
  for (const path of reached) for (const other of next(path)) reached.add(other);
  return reached;
}
