import type { Tree } from '@nx/devkit';
import type { PythonProject } from '../../python-projects/python-project';
import { imageAdvice } from './image-advice';
import type { LockStep } from './lock-projects';
import { isPoetry, type UsedLibrary } from './usage-edits';

/** What the user reads: what there is now, and what is left to do. */
export function describeLibrary(
  tree: Tree,
  {
    library: { folder, distribution },
    users,
    affected,
    isNew,
    steps,
  }: {
    readonly library: UsedLibrary;
    readonly users: readonly PythonProject[];
    /** The users, and those that use them. */
    readonly affected: readonly PythonProject[];
    readonly isNew: boolean;
    /** What is left to the user. */
    readonly steps: readonly LockStep[];
  },
): string {
  const module = distribution.replace(/[-.]/g, '_');
  const advice = affected.map((user) => imageAdvice(tree, { user: user.folder, library: folder, name: distribution }));
  return [
    '',
    `${distribution}: ${isNew ? `a package in ${folder}, imported as ${module}` : `${folder} is there already, and its files are left as they are`}`,
    ...(users.length === 0
      ? [`  to use it in a project: nx g @org/fastapi:library ${folder} --usedBy=NAME`]
      : [`  used by ${users.map(({ name }) => name).join(', ')}`]),
    ...steps.flatMap((step) => step.runs.map((args) => `  to do: uv ${args.join(' ')} (in ${step.folder})`)),
    ...affected.filter(isPoetry).map((user) => `  to do: poetry lock && poetry install (in ${user.folder})`),
    ...advice.filter((text) => text !== undefined).map((text) => `  ${text}`),
    `  after a change of the dependencies of ${folder}: uv lock, in the folder of each project that uses it`,
    '',
  ].join('\n');
}
