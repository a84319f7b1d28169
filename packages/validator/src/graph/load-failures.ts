import { stronglyConnectedComponents } from '../algorithms/strongly-connected-components';
import { rankedText } from '../extract/ranked-text';
import type { ModuleSummary } from '../extract/module-summary';
import type { ModuleLocation } from '../resolve/module-finder';
import type { LinkedModule } from './linked-module';
import { LoadPlans } from './load-plan';
import { LoadSimulation, type LoadFailure } from './load-simulation';
import type { DefinitionIndex } from './service/definition-index';
import type { WiredProject } from './service/reference-resolver';

const ENTRY_POINT = /(^|\/)(main|asgi|wsgi|manage|__main__|env|conftest|test_[^/]*|[^/]*_test)\.py$/;

/** Files loaded in all runs together; a project with more entry points than that allows is looked at from the first of them. */
const MOST_LOADS = 100_000;

/**
 * Imports that fail because of a cycle. A failure on the way from an entry point (`main.py`, tests, files nobody imports) is certain;
 * one that shows only when some inner module is imported first is possible.
 * Loads are followed again only where they can come to a file that changed.
 */
export class LoadFailures {
  /** Loads followed so far: the measure of the work. */
  followed = 0;
  private loads: ReadonlyMap<string, FileLoads> = new Map();
  private graph: LoadGraph = { cycles: [], entryPoints: [], importers: new Map() };
  private readonly fromEntries = new Map<string, FollowedEntry>();
  private readonly fromMembers = new Map<string, FollowedMember>();
  private found: readonly LoadFailure[] = [];
  private plans: LoadPlans;

  constructor(private readonly index: DefinitionIndex) {
    this.plans = new LoadPlans(index.project);
  }

  find(): readonly LoadFailure[] {
    const changed = this.takeChanges();
    if (changed.length === 0) return this.found;
    this.plans = new LoadPlans(this.index.project);
    this.graph = buildGraph(this.loads);
    const affected = reachedFrom(changed, (path) => this.graph.importers.get(path) ?? []);
    for (const known of [this.fromEntries, this.fromMembers]) forgetAll(known, affected, this.loads);
    this.found = this.graph.cycles.length === 0 ? [] : this.judge();
    return this.found;
  }

  /** Files that load otherwise than before, and those whose places a known failure tells. */
  private takeChanges(): readonly string[] {
    const before = this.loads;
    const paths = this.index.paths();
    const loads = this.index.ofFiles('loads', (path) => readLoads(path, this.index.project));
    this.loads = new Map(paths.map((path, at) => [path, loads[at]!]));
    const told = this.toldFiles();
    const gone = [...before.keys()].filter((path) => !this.loads.has(path));
    const changed = paths.filter((path) => {
      const [known, now] = [before.get(path), this.loads.get(path)!];
      return known !== now && (known === undefined || told.has(path) || loadKey(known) !== loadKey(now));
    });
    return [...gone, ...changed];
  }

  private toldFiles(): ReadonlySet<string> {
    const failures = [
      ...[...this.fromEntries.values()].map(({ failure }) => failure),
      ...[...this.fromMembers.values()].map(({ failure }) => failure),
    ];
    return new Set(
      failures.flatMap((failure) => (failure === undefined ? [] : [failure.importer, ...failure.chain.map(({ path }) => path)])),
    );
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
    for (const component of this.graph.cycles) this.noteInnerFailures(component, { note, budget, isKnown: entries.settled.has(component) });
    return onePerCause([...failures.values()]);
  }

  private runEntryPoints(): EntryRuns {
    const { cycles, entryPoints } = this.graph;
    const componentOf = new Map(cycles.flatMap((component) => component.map((path): [string, Component] => [path, component])));
    const settled = new Set<Component>();
    const passed = new Set<Component>();
    const found: { readonly path: string; readonly failure: LoadFailure }[] = [];
    let loads = 0;
    for (const path of entryPoints) {
      if (loads > MOST_LOADS) break;
      const { failure, visited, loaded } = this.followEntry(path);
      loads += loaded;
      if (failure !== undefined) found.push({ path, failure });
      const failed = failure === undefined || failure.certain ? undefined : componentOf.get(failure.target);
      for (const component of new Set(visited.map((file) => componentOf.get(file)))) {
        if (component === undefined) continue;
        if (component !== failed) settled.add(component);
        if (failure === undefined) passed.add(component);
      }
    }
    // A file that merely nobody imports may be loaded by its name, later than what gets through the cycle.
    const isDoubtful = (path: string, target: string): boolean => !ENTRY_POINT.test(path) && passed.has(componentOf.get(target) ?? []);
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
    const simulation = new LoadSimulation(this.index.project, this.plans);
    for (const first of conftests(path, this.loads)) simulation.run(first);
    const failure = simulation.run(path);
    const inCycle = new Set(this.graph.cycles.flat());
    const followed = { failure, loaded: simulation.visited.size, visited: [...simulation.visited].filter((file) => inCycle.has(file)) };
    this.fromEntries.set(path, followed);
    return followed;
  }

  private followMember(path: string): FollowedMember {
    const known = this.fromMembers.get(path);
    if (known !== undefined) return known;
    this.followed += 1;
    const simulation = new LoadSimulation(this.index.project, this.plans);
    const failure = simulation.run(path);
    const followed = { failure, loaded: simulation.visited.size };
    this.fromMembers.set(path, followed);
    return followed;
  }
}

type Component = readonly string[];

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
  /** Files in cycles that were loaded. */
  readonly visited: readonly string[];
}

function forgetAll(known: Map<string, unknown>, affected: ReadonlySet<string>, loads: ReadonlyMap<string, unknown>): void {
  for (const path of [...known.keys()]) if (affected.has(path) || !loads.has(path)) known.delete(path);
}

interface LoadGraph {
  /** Groups of files that load one another. */
  readonly cycles: readonly (readonly string[])[];
  /** Those from which some cycle is reached: the others load as they should. */
  readonly entryPoints: readonly string[];
  /** Who may come to load a file, directly. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
}

function buildGraph(loads: ReadonlyMap<string, FileLoads>): LoadGraph {
  const order = [...loads.keys()];
  const cycles = stronglyConnectedComponents(order, (path) => loads.get(path)?.targets ?? []).filter(
    ([first, second]) => second !== undefined || loads.get(first!)?.isOwn === true,
  );
  const importers = new Map<string, string[]>();
  for (const [path, { reach }] of loads) for (const target of reach) addTo(importers, target, path);
  const reachesCycle = reachedFrom(cycles.flat(), (path) => importers.get(path) ?? []);
  const imported = new Set<string>();
  for (const { targets } of loads.values()) for (const target of targets) imported.add(target);
  const entryPoints = [...reachesCycle].filter((path) => loads.has(path) && (!imported.has(path) || ENTRY_POINT.test(path))).sort();
  entryPoints.sort((left, right) => Number(ENTRY_POINT.test(right)) - Number(ENTRY_POINT.test(left)));
  return { cycles, entryPoints, importers };
}

function addTo(groups: Map<string, string[]>, key: string, value: string): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

function reachedFrom(starts: readonly string[], next: (path: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set(starts);
  for (const path of reached) for (const other of next(path)) reached.add(other);
  return reached;
}

/** What one file loads. */
interface FileLoads {
  readonly summary: ModuleSummary;
  readonly linked: LinkedModule;
  /** At load time, and the packages around it; parents of what it imports are left out, they are loaded before. */
  readonly targets: readonly string[];
  /** All files that following its load may come to next. */
  readonly reach: readonly string[];
  /** `from . import name` in a package's own `__init__.py`, where no submodule answers. */
  readonly isOwn: boolean;
  /** Where the modules are that following its load asks for. */
  readonly locations: readonly ModuleLocation[];
}

/** What following the load of a file takes from it. */
function loadKey({ summary, linked, locations, reach }: FileLoads): string {
  const { imports, symbols, loadSteps, isDynamic, hasModuleGetattr } = summary;
  const named = [...symbols.values()].map(({ name, status }) => [name, status]);
  return rankedText([linked.module, linked.imports, imports, named, loadSteps, isDynamic, hasModuleGetattr, locations, reach]);
}

function readLoads(path: string, { summaries, links, resolver }: WiredProject): FileLoads {
  const summary = summaries.get(path)!;
  const linked = links.get(path)!;
  const targets = new Set<string>();
  linked.imports.forEach(({ resolution, names }, index) => {
    const { typeCheckingOnly, time } = summary.imports[index]!;
    if (typeCheckingOnly || time === 'call') return;
    if (resolution.kind === 'module') targets.add(resolution.path);
    for (const name of names) if (name.path !== undefined) targets.add(name.path);
  });
  for (const parent of parentPackages(path)) if (summaries.has(parent)) targets.add(parent);
  targets.delete(path);
  const locations = modulesAsked(summary, linked).map((module) => resolver.finder.find(module));
  const loaded = locations.flatMap((location) => (location.kind === 'missing' ? [] : location.loads));
  const reach = new Set([...targets, ...loaded, ...conftests(path, summaries)]);
  return { summary, linked, targets: [...targets], reach: [...reach], isOwn: importsItself(path, summary, linked), locations };
}

/** Every module that `LoadSimulation` may look for on behalf of a file. */
function modulesAsked({ imports, loadSteps }: ModuleSummary, linked: LinkedModule): readonly string[] {
  const asked = new Set(linked.module === undefined ? [] : [linked.module]);
  for (const [index, { resolution, names }] of linked.imports.entries()) {
    if (resolution.kind !== 'module' && resolution.kind !== 'namespace-package') continue;
    if (imports[index]!.typeCheckingOnly || imports[index]!.time === 'call') continue;
    asked.add(resolution.module);
    for (const { name } of names) asked.add(`${resolution.module}.${name}`);
  }
  for (const step of loadSteps) {
    if (step.kind !== 'use') continue;
    const { resolution, names } = linked.imports[step.use.importIndex]!;
    if (resolution.kind !== 'module') continue;
    const { importedNameIndex: at, attributes } = step.use;
    let module = at === undefined ? resolution.module : `${resolution.module}.${names[at]!.name}`;
    if (at === undefined && !imports[step.use.importIndex]!.hasAlias) module = module.split('.')[0]!;
    asked.add(module);
    for (const { name } of attributes) asked.add((module = `${module}.${name}`));
  }
  return [...asked];
}

function importsItself(path: string, { imports }: ModuleSummary, linked: LinkedModule): boolean {
  return linked.imports.some(({ resolution, names }, index) => {
    const { kind, typeCheckingOnly, time } = imports[index]!;
    const isAsked = kind === 'import' || names.some(({ status }) => status !== 'submodule');
    const isOwn = (resolution.kind === 'module' && resolution.path === path && isAsked) || names.some((name) => name.path === path);
    return isOwn && !typeCheckingOnly && time === 'load';
  });
}

function parentPackages(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/__init__.py`);
}

function conftests(path: string, files: { readonly has: (path: string) => boolean }): readonly string[] {
  if (!/(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path)) return [];
  const folders = path.split('/').slice(0, -1);
  return ['', ...folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/`)]
    .map((folder) => `${folder}conftest.py`)
    .filter((file) => files.has(file));
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
