import { posix } from 'node:path';
import { normalizeDistributionName } from '../pyproject/distribution-name';
import { stringAt, tableAt, valueAt } from '../pyproject/toml-document';
import type { PythonProject } from './python-project';

/** Folders that a project's `pyproject.toml` takes packages from. */
export function usedFolders(projects: readonly PythonProject[], { folder, pyproject }: PythonProject): readonly string[] {
  const tables = [tableAt(pyproject, 'tool', 'uv', 'sources'), tableAt(pyproject, 'tool', 'poetry', 'dependencies')];
  return tables.flatMap((table) =>
    Object.entries(table).flatMap(([name, source]) => {
      const path = stringAt(source, 'path');
      if (path !== undefined) return [posix.join(folder, path)];
      const member = valueAt(source, 'workspace') === true ? projects.find((other) => isCalled(other, name)) : undefined;
      return member === undefined ? [] : [member.folder];
    }),
  );
}

/** Projects that use one of the folders, straight or by way of others; those in the folders are not among them. */
export function dependentsOf(projects: readonly PythonProject[], folders: readonly string[]): readonly PythonProject[] {
  const reached = new Set(folders);
  const users = () =>
    projects.filter((project) => !reached.has(project.folder) && usedFolders(projects, project).some((used) => reached.has(used)));
  for (let found = users(); found.length > 0; found = users()) for (const { folder } of found) reached.add(folder);
  return projects.filter(({ folder }) => reached.has(folder) && !folders.includes(folder));
}

function isCalled({ distribution }: PythonProject, name: string): boolean {
  return distribution !== undefined && normalizeDistributionName(distribution) === normalizeDistributionName(name);
}
