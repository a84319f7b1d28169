import { UserError } from '../../errors/user-error';
import type { PythonProject } from '../../python-projects/python-project';
import { usedFolders } from '../../python-projects/used-folders';
import type { UsedLibrary } from './usage-edits';

/** Throws `UserError` when the library needs the project that is to use it: neither Nx nor Python could order the two. */
export function assertNoCycle(projects: readonly PythonProject[], user: PythonProject, library: UsedLibrary): void {
  const way = findWay(projects, library.folder, user.folder, []);
  if (way === undefined) return;
  throw new UserError(
    user.folder === library.folder
      ? `${library.folder} cannot use itself. Leave it out of --usedBy.`
      : `${user.folder} cannot use ${library.folder}, because ${way.join(' uses ')}. What to do: move what both need into a third library.`,
  );
}

function findWay(projects: readonly PythonProject[], from: string, to: string, before: readonly string[]): readonly string[] | undefined {
  if (before.includes(from)) return undefined;
  const way = [...before, from];
  if (from === to) return way;
  const project = projects.find(({ folder }) => folder === from);
  if (project === undefined) return undefined;
  for (const next of usedFolders(projects, project)) {
    const found = findWay(projects, next, to, way);
    if (found !== undefined) return found;
  }
  return undefined;
}
