import { difference } from '../algorithms/difference';
import { LoadGraph, type Component } from './load-graph';
import { isSamePlan, LoadPlans, type LoadPlan } from './load-plan';
import { LoadTraces } from './load-traces';
import { LoadSimulation, type LoadFailure } from './load-simulation';
import { conftests, readLoads, type FileLoads } from './read-loads';
import type { DefinitionIndex } from './service/definition-index';

const ENTRY_POINT = /(^|\/)(main|asgi|wsgi|manage|__main__|env|conftest|test_[^/]*|[^/]*_test)\.py$/;

/**
 * Files loaded in all runs that are followed to their end; a project with more entry points than that allows is looked at from the first.
 * Runs that are shown to fail nowhere do not count.
 */
const MOST_LOADS = 100_000;
/** From so many files on, what loads within a cycle is kept for all runs: it costs a look at the whole graph after each change. */
const LARGE_CYCLE = 50;

/**
 * Imports that fail because of a cycle. A failure on the way from an entry point (`main.py`, tests, files nobody imports) is certain;
 * one that shows only when some inner module is imported first is possible.
 * Loads are followed again only where they can come to a file that loads otherwise than before.
 */
export class LoadFailures {
  /** Loads followed so far: the measure of the work. */
  followed = 0;
  private paths: readonly string[] = [];
  private loads: readonly FileLoads[] = [];
  private readonly graph = new LoadGraph();
  private readonly plans: LoadPlans;
  private readonly traces: LoadTraces;
  private readonly entryPoints = new Set<string>();
  private readonly fromEntries = new Map<string, FollowedEntry>();
  private readonly fromMembers = new Map<string, FollowedMember>();
  private found: readonly LoadFailure[] = [];

  constructor(private readonly index: DefinitionIndex) {
    this.plans = new LoadPlans(index);
    this.traces = new LoadTraces(index.project, this.plans, (path) => this.graph.groupOf(path));
  }

  find(): readonly LoadFailure[] {
    const changes = this.takeChanges();
    for (const path of this.graph.update(changes)) {
      if (this.isEntryPoint(path)) this.entryPoints.add(path);
      else this.entryPoints.delete(path);
    }
    const gone = [...changes].filter(([, loads]) => loads === undefined).map(([path]) => path);
    const changed = [...changes.keys(), ...this.changedPlans(gone)];
    if (changed.length === 0) return this.found;
    const affected = this.graph.comingTo(changed);
    this.traces.forget(affected);
    for (const path of affected) {
      this.fromEntries.delete(path);
      this.fromMembers.delete(path);
    }
    this.found = this.graph.cycles().length === 0 ? [] : this.judge();
    return this.found;
  }

  /** Files that load others than before; undefined for those that are gone. */
  private takeChanges(): ReadonlyMap<string, FileLoads | undefined> {
    const [pathsBefore, loadsBefore] = [this.paths, this.loads];
    this.paths = this.index.paths();
    this.loads = this.index.ofFiles('loads', (path) => readLoads(path, this.index.project));
    const changes = new Map<string, FileLoads | undefined>();
    if (this.paths === pathsBefore) {
      const { start, ends } = difference(loadsBefore, this.loads);
      for (let at = start; at < ends[1]; at += 1) if (this.loads[at] !== loadsBefore[at]) changes.set(this.paths[at]!, this.loads[at]);
      return changes;
    }
    for (let at = 0, before = 0; at < this.paths.length || before < pathsBefore.length;) {
      const [path, known] = [this.paths[at], pathsBefore[before]];
      const isGone = path === undefined || (known !== undefined && known < path);
      if (isGone) changes.set(known!, undefined);
      else if (path !== known || this.loads[at] !== loadsBefore[before]) changes.set(path, this.loads[at]);
      if (isGone || path === known) before += 1;
      if (!isGone) at += 1;
    }
    return changes;
  }

  /** Files whose load is followed otherwise than before, and those that moved and whose places a known failure tells. */
  private changedPlans(gone: readonly string[]): readonly string[] {
    const plans = this.plans.renew(gone);
    if (plans.size === 0) return [];
    const told = this.toldFiles();
    const isOther = (path: string, { before, after }: { readonly before: LoadPlan; readonly after: LoadPlan }): boolean =>
      told.has(path) || !isSamePlan(before, after, this.plans.namesAskedOf(path));
    return [...plans].filter(([path, plan]) => isOther(path, plan)).map(([path]) => path);
  }

  private toldFiles(): ReadonlySet<string> {
    const followed = [...this.fromEntries.values(), ...this.fromMembers.values()];
    return new Set(
      followed.flatMap(({ failure }) => (failure === undefined ? [] : [failure.importer, ...failure.chain.map(({ path }) => path)])),
    );
  }

  /** Those from which no cycle is reached load as they should. */
  private isEntryPoint(path: string): boolean {
    return this.graph.has(path) && this.graph.reachesCycle(path) && (!this.graph.isLoaded(path) || ENTRY_POINT.test(path));
  }

  private listEntryPoints(): readonly string[] {
    const sorted = [...this.entryPoints].sort();
    return [...sorted.filter((path) => ENTRY_POINT.test(path)), ...sorted.filter((path) => !ENTRY_POINT.test(path))];
  }

  private judge(): readonly LoadFailure[] {
    const failures = new Map<string, LoadFailure>();
    const note = (failure: LoadFailure): void => {
      const key = `${failure.importer}:${failure.span.start}`;
      if (failures.get(key)?.certain !== true) failures.set(key, failure);
    };
    const entries = this.runEntryPoints();
    for (const failure of entries.failures) note(failure);
    const budget = { loads: MOST_LOADS };
    for (const component of this.graph.cycles())
      this.noteInnerFailures(component, { note, budget, isKnown: entries.settled.has(component) });
    return onePerCause([...failures.values()]);
  }

  private runEntryPoints(): EntryRuns {
    const settled = new Set<Component>();
    const passed = new Set<Component>();
    const found: { readonly path: string; readonly failure: LoadFailure }[] = [];
    let loads = 0;
    for (const path of this.listEntryPoints()) {
      if (loads > MOST_LOADS) break;
      const { failure, components, loaded } = this.followEntry(path);
      loads += loaded;
      if (failure !== undefined) found.push({ path, failure });
      const failed = failure === undefined || failure.certain ? undefined : this.graph.componentOf(failure.target);
      for (const component of components) {
        if (component !== failed) settled.add(component);
        if (failure === undefined) passed.add(component);
      }
    }
    // A file that merely nobody imports may be loaded by its name, later than what gets through the cycle.
    const isDoubtful = (path: string, target: string): boolean =>
      !ENTRY_POINT.test(path) && passed.has(this.graph.componentOf(target) ?? []);
    return {
      settled,
      failures: found.map(({ path, failure }) => (isDoubtful(path, failure.target) ? { ...failure, certain: false } : failure)),
    };
  }

  /** Each member imported first: all fail → certain; some fail → possible, unless an entry point already showed it. */
  private noteInnerFailures(component: Component, { note, isKnown, budget }: InnerRuns): void {
    const failing: (LoadFailure | undefined)[] = [];
    for (const path of component) {
      if (budget.loads < 0) break;
      const { failure, loaded } = this.followMember(path);
      failing.push(failure);
      budget.loads -= loaded;
    }
    const isAlways = !isKnown && failing.length === component.length && failing.every((failure) => failure !== undefined);
    for (const failure of failing) if (failure !== undefined) note({ ...failure, certain: failure.certain && isAlways });
  }

  private followEntry(path: string): FollowedEntry {
    const known = this.fromEntries.get(path);
    if (known !== undefined) return known;
    this.followed += 1;
    const followed = this.proveEntry(path) ?? this.simulateEntry(path);
    this.fromEntries.set(path, followed);
    return followed;
  }

  /** Undefined when the run may fail somewhere, or no cycle is large enough to ask. */
  private proveEntry(path: string): FollowedEntry | undefined {
    if (!this.hasLargeCycle()) return undefined;
    const starts = [...conftests(path, this.graph), path].flatMap((file) => this.plans.planOf(file).first);
    const loaded = this.traces.follow(starts);
    return loaded === undefined ? undefined : { failure: undefined, loaded: 0, components: this.componentsOf(loaded) };
  }

  private hasLargeCycle(): boolean {
    return this.graph.cycles().some(({ length }) => length >= LARGE_CYCLE);
  }

  private componentsOf(files: ReadonlySet<string>): readonly Component[] {
    const components = new Set([...files].map((file) => this.graph.componentOf(file)));
    return [...components].filter((component) => component !== undefined);
  }

  private simulateEntry(path: string): FollowedEntry {
    const simulation = new LoadSimulation(this.index.project, this.plans);
    for (const first of conftests(path, this.graph)) simulation.run(first);
    const failure = simulation.run(path);
    return { failure, loaded: simulation.visited.size, components: this.componentsOf(simulation.visited) };
  }

  private followMember(path: string): FollowedMember {
    const known = this.fromMembers.get(path);
    if (known !== undefined) return known;
    this.followed += 1;
    const isProven = this.hasLargeCycle() && this.traces.follow(this.plans.planOf(path).first) !== undefined;
    const followed = isProven ? { failure: undefined, loaded: 0 } : this.simulateMember(path);
    this.fromMembers.set(path, followed);
    return followed;
  }

  private simulateMember(path: string): FollowedMember {
    const simulation = new LoadSimulation(this.index.project, this.plans);
    const failure = simulation.run(path);
    return { failure, loaded: simulation.visited.size };
  }
}

interface EntryRuns {
  readonly failures: readonly LoadFailure[];
  /** Some entry point got through these or failed elsewhere, or certainly failed in them: then that is what is said of them. */
  readonly settled: ReadonlySet<Component>;
}

interface InnerRuns {
  readonly note: (failure: LoadFailure) => void;
  readonly isKnown: boolean;
  readonly budget: { loads: number };
}

interface FollowedMember {
  readonly failure: LoadFailure | undefined;
  /** How many files were loaded. */
  readonly loaded: number;
}

interface FollowedEntry extends FollowedMember {
  /** Cycles of which something was loaded. */
  readonly components: readonly Component[];
}

/** The same name asked of the same unfinished module is one cause; the certain and first place stands for it. */
function onePerCause(failures: readonly LoadFailure[]): readonly LoadFailure[] {
  const sorted = [...failures].sort(
    (left, right) =>
      Number(right.certain) - Number(left.certain) || (left.importer < right.importer ? -1 : 1) || left.span.start - right.span.start,
  );
  const cycles = new Map<string, LoadFailure>();
  for (const failure of sorted) {
    const cycle = failure.chain
      .map(({ path }) => path)
      .sort()
      .join('|');
    if (!cycles.has(cycle)) cycles.set(cycle, failure);
  }
  return [...cycles.values()];
}
