import { edgeId, type TaskEdge } from './edge-id';

interface TaskEdges {
  readonly tasks: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, readonly TaskEdge[]>>;
}

/** The tasks, each after those it depends on; the same order for the same graph. In a cycle, one of them has to go first. */
export function orderTasks({ tasks, dependencies }: TaskEdges): readonly string[] {
  const ordered = new Set<string>();
  const entered = new Set<string>();
  const pending = Object.keys(tasks).sort().reverse();
  while (pending.length > 0) {
    const task = pending.at(-1)!;
    const open = entered.has(task) ? [] : needsOf(task).filter((need) => !entered.has(need) && need !== task);
    entered.add(task);
    if (open.length > 0) pending.push(...open);
    else ordered.add(pending.pop()!);
  }
  return [...ordered];

  // Those that are not in the batch are done already.
  function needsOf(task: string): readonly string[] {
    return (dependencies[task] ?? [])
      .map(edgeId)
      .filter((need) => need in tasks)
      .sort()
      .reverse();
  }
}
