import { LoadSimulation } from './load-simulation';
import type { LoadPlans } from './load-plan';
import type { WiredProject } from './service/reference-resolver';

/** What loading some files of one group does, as far as the others see it. */
interface Trace {
  /** Files of the group that were loaded. */
  readonly loaded: readonly string[];
  /** Files outside that were asked for by the last of the starts, in order. */
  readonly requests: readonly string[];
  /** Something failed on the way, if only to be caught. */
  readonly isDoubtful: boolean;
}

/** Loads of a group that begin in so many places, one after the other, are not told apart. */
const MOST_STARTS = 4;
const SEPARATOR = '\0';

/**
 * Shows that runs fail nowhere without following each to its end. Files that can come to load one another are a group. How a group loads
 * depends on the file it begins with, and on nothing outside: what it asks for there has loaded by then, and cannot come back to it.
 * So each group is followed once for each file it begins with, and a run is put together from what its groups ask of each other.
 */
export class LoadTraces {
  private readonly traces = new Map<string, Trace>();

  constructor(
    private readonly project: WiredProject,
    private readonly plans: LoadPlans,
    /** The group of a file: all that it can come to load and that can come to load it. */
    private readonly groupOf: (path: string) => ReadonlySet<string>,
  ) {}

  /** The files that are loaded when these are, one after the other; undefined when something may fail. */
  follow(starts: readonly string[]): ReadonlySet<string> | undefined {
    const loaded = new Set<string>();
    const begun = new Map<ReadonlySet<string>, readonly string[]>();
    const pending = [...starts].reverse();
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      if (loaded.has(path) || !this.project.summaries.has(path)) continue;
      const group = this.groupOf(path);
      const places = [...(begun.get(group) ?? []), path];
      begun.set(group, places);
      const trace = places.length > MOST_STARTS ? undefined : this.traceOf(places, group);
      if (trace === undefined || trace.isDoubtful) return undefined;
      for (const file of trace.loaded) loaded.add(file);
      for (let index = trace.requests.length - 1; index >= 0; index -= 1) pending.push(trace.requests[index]!);
    }
    return loaded;
  }

  /** Takes back what is known of groups with these files. */
  forget(files: ReadonlySet<string>): void {
    for (const key of [...this.traces.keys()]) if (files.has(key.split(SEPARATOR, 1)[0]!)) this.traces.delete(key);
  }

  private traceOf(places: readonly string[], group: ReadonlySet<string>): Trace {
    const key = places.join(SEPARATOR);
    const known = this.traces.get(key);
    if (known !== undefined) return known;
    const simulation = new LoadSimulation(this.project, this.plans, group);
    let before = 0;
    for (const path of places) {
      before = simulation.requests.size;
      simulation.load(path);
    }
    const requests = [...simulation.requests].slice(before);
    const trace = { loaded: [...simulation.visited], requests, isDoubtful: simulation.isDoubtful };
    this.traces.set(key, trace);
    return trace;
  }
}
