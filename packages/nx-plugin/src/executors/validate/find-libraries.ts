import type { ExecutorContext } from '@nx/devkit';
import { edgeId, type TaskEdge } from './edge-id';

export interface Library {
  readonly name: string;
  /** Relative to the workspace root, with `/`. */
  readonly root: string;
}

interface LibraryQuestion {
  readonly projectName: string;
  readonly targetName: string | undefined;
  readonly context: Pick<ExecutorContext, 'projectGraph' | 'taskGraph'>;
}

/**
 * The projects that a project depends on itself, sorted by name, as far as its task waits for theirs: their surfaces are inputs of the task only then,
 * and a verdict may rest on nothing else. Without a task graph, as when another executor runs this one, all of them.
 */
export function findLibraries({ projectName, targetName, context }: LibraryQuestion): readonly Library[] {
  const { nodes, dependencies } = context.projectGraph;
  const awaited = findAwaited({ projectName, targetName, context });
  const names = new Set((dependencies[projectName] ?? []).map(({ target }) => target));
  return [...names]
    .filter((name) => nodes[name] !== undefined && name !== projectName && awaited?.has(name) !== false)
    .sort()
    .map((name) => ({ name, root: nodes[name]!.data.root }));
}

/** The projects of the tasks that this project's task waits for; undefined when the graph does not have it. */
function findAwaited({ projectName, targetName, context }: LibraryQuestion): ReadonlySet<string> | undefined {
  const { tasks = {}, dependencies = {} } = context.taskGraph ?? {};
  const own = Object.values(tasks).filter(({ target }) => target.project === projectName && target.target === targetName);
  if (own.length === 0) return undefined;
  const edges: readonly TaskEdge[] = own.flatMap(({ id }) => dependencies[id] ?? []);
  return new Set(edges.flatMap((edge) => tasks[edgeId(edge)]?.target.project ?? []));
}
