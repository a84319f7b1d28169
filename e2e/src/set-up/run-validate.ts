import { runNx, type Workspace } from '../../../tools/setup-workspace.mjs';

/** What became of the `validate` tasks of one command; names of projects, sorted. */
export interface ValidateRun {
  readonly status: number;
  /** Executed and without faults. */
  readonly passed: readonly string[];
  /** Taken from a cache; `remote` names those that came over the network. */
  readonly replayed: readonly string[];
  readonly remote: readonly string[];
  readonly failed: readonly string[];
  readonly output: string;
}

/** `nx run-many`, `nx affected` or `nx run`, with the target unless it is named; reads what Nx prints for each task. */
export async function runValidate(
  workspace: Workspace,
  [command, ...args]: readonly [string, ...string[]],
  environment: NodeJS.ProcessEnv = {},
): Promise<ValidateRun> {
  const target = command === 'run' ? [] : ['-t', 'validate'];
  const { status, output } = await runNx(workspace, [command, ...target, ...args], { environment });
  const ended = [...output.matchAll(/^✔ {2}nx run (\S+):validate(?: {2}\[(.+)\])?$/gm)].map(([, project, cache]) => ({
    project: project!,
    cache,
  }));
  const projectsOf = (tasks: typeof ended) => tasks.map(({ project }) => project).sort();
  return {
    status,
    passed: projectsOf(ended.filter(({ cache }) => cache === undefined)),
    replayed: projectsOf(ended.filter(({ cache }) => cache !== undefined)),
    remote: projectsOf(ended.filter(({ cache }) => cache?.includes('remote') === true)),
    failed: [...output.matchAll(/^- (\S+):validate$/gm)].map(([, project]) => project!).sort(),
    output,
  };
}
