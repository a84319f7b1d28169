import { stronglyConnectedComponents } from '../algorithms/strongly-connected-components';
import { LoadSimulation, type LoadableProject, type LoadFailure } from './load-simulation';

const ENTRY_POINT = /(^|\/)(main|asgi|wsgi|manage|__main__|env|conftest|test_[^/]*|[^/]*_test)\.py$/;

/**
 * Imports that fail because of a cycle. A failure on the way from an entry point (`main.py`, tests, files nobody imports) is certain;
 * one that shows only when some inner module is imported first is possible.
 */
export function findLoadFailures(project: LoadableProject): readonly LoadFailure[] {
  const graph = loadGraph(project);
  const inCycle = stronglyConnectedComponents([...graph.keys()], (path) => graph.get(path) ?? []).filter(
    ([first, second]) => second !== undefined || importsItself(first!, project),
  );
  if (inCycle.length === 0) return [];
  const failures = new Map<string, LoadFailure>();
  const note = (failure: LoadFailure | undefined): void => {
    if (failure === undefined) return;
    const key = `${failure.importer}:${failure.span.start}`;
    if (failures.get(key)?.certain !== true) failures.set(key, failure);
  };
  const reached = new Set<string>();
  for (const path of entryPoints(graph)) {
    const simulation = new LoadSimulation(project);
    for (const first of conftests(path, graph)) simulation.run(first);
    note(simulation.run(path));
    for (const file of simulation.visited) reached.add(file);
  }
  for (const component of inCycle)
    noteInnerFailures(
      component,
      component.some((path) => reached.has(path)),
      project,
      note,
    );
  return onePerCause([...failures.values()]);
}

/** Each member imported first: all fail → certain; some fail → possible, unless an entry point already showed it. */
function noteInnerFailures(
  component: readonly string[],
  isReached: boolean,
  project: LoadableProject,
  note: (failure: LoadFailure) => void,
): void {
  const failing = component.map((path) => new LoadSimulation(project).run(path));
  const isAlways = !isReached && failing.every((failure) => failure !== undefined);
  for (const failure of failing) if (failure !== undefined) note({ ...failure, certain: failure.certain && isAlways });
}

/** Who loads whom at load time; parents of packages are left out, they are loaded before. */
function loadGraph({ summaries, links }: LoadableProject): ReadonlyMap<string, readonly string[]> {
  const graph = new Map<string, readonly string[]>();
  for (const path of [...summaries.keys()].sort()) {
    const targets = new Set<string>();
    links.get(path)?.imports.forEach(({ resolution, names }, index) => {
      const statement = summaries.get(path)!.imports[index]!;
      if (statement.typeCheckingOnly || statement.time === 'call') return;
      if (resolution.kind === 'module') targets.add(resolution.path);
      for (const name of names) if (name.path !== undefined) targets.add(name.path);
    });
    for (const parent of parentPackages(path)) if (summaries.has(parent)) targets.add(parent);
    targets.delete(path);
    graph.set(path, [...targets]);
  }
  return graph;
}

/** `from . import name` in a package's own `__init__.py`, where no submodule answers. */
function importsItself(path: string, { summaries, links }: LoadableProject): boolean {
  return links.get(path)!.imports.some(({ resolution, names }, index) => {
    const { kind, typeCheckingOnly, time } = summaries.get(path)!.imports[index]!;
    const isAsked = kind === 'import' || names.some(({ status }) => status !== 'submodule');
    const isOwn = (resolution.kind === 'module' && resolution.path === path && isAsked) || names.some((name) => name.path === path);
    return isOwn && !typeCheckingOnly && time === 'load';
  });
}

function parentPackages(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/__init__.py`);
}

function entryPoints(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const imported = new Set([...graph.values()].flat());
  return [...graph.keys()].filter((path) => ENTRY_POINT.test(path) || !imported.has(path));
}

function conftests(path: string, graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (!/(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path)) return [];
  const folders = path.split('/').slice(0, -1);
  return ['', ...folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/`)]
    .map((folder) => `${folder}conftest.py`)
    .filter((file) => graph.has(file));
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
