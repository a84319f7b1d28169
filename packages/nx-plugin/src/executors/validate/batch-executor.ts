import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { TaskEdge } from './edge-id';
import { orderTasks } from './order-tasks';
import type { ValidateExecutorSchema } from './schema';
import { validateTask } from './validate-task';

/** The part of Nx's task graph that is read here, in the shape of Nx 23 or of Nx 24. */
type BatchGraph = Pick<TaskGraph, 'tasks'> & { readonly dependencies: Readonly<Record<string, readonly TaskEdge[]>> };

export interface BatchResult {
  readonly task: string;
  readonly result: {
    readonly success: boolean;
    readonly terminalOutput: string;
    /** Milliseconds since 1970, as Nx wants them. */
    readonly startTime: number;
    readonly endTime: number;
  };
}

/**
 * Checks the projects of all tasks in one process, libraries before what depends on them, and tells each result as soon as it is there.
 * A project that fails stops no other: what depends on it is checked against what it is.
 * `options` holds what each task was asked, with the words of the command line where they are meant for it.
 */
export async function* validateBatch(
  { tasks, dependencies }: BatchGraph,
  options: Readonly<Record<string, ValidateExecutorSchema>>,
  _overrides: unknown,
  context: ExecutorContext,
): AsyncGenerator<BatchResult> {
  const pending = new Set(Object.values(tasks).map(({ target }) => target.project));
  for (const id of orderTasks({ tasks, dependencies })) {
    const { project: projectName, target: targetName } = tasks[id]!.target;
    const startTime = Date.now();
    const { success, text } = await outcomeOf(validateTask({ projectName, targetName, options: options[id] ?? {}, context, pending }));
    pending.delete(projectName);
    yield { task: id, result: { success, terminalOutput: `${text}\n`, startTime, endTime: Date.now() } };
  }
}

/** One task that cannot be done at all must not take the others with it. */
async function outcomeOf(validation: ReturnType<typeof validateTask>): Promise<{ readonly success: boolean; readonly text: string }> {
  try {
    const { isValid, text } = await validation;
    return { success: isValid, text };
  } catch (error) {
    return { success: false, text: error instanceof Error ? error.stack || error.message : String(error) };
  }
}

export default validateBatch;
