import { normalizePath, type Tree } from '@nx/devkit';
import { UserError } from '../../errors/user-error';
import { listPythonProjects } from '../../python-projects/list-python-projects';
import type { PythonProject } from '../../python-projects/python-project';

/** The Python project that the user means, by name or by folder. Throws `UserError` when there is none, or more than one. */
export function findUser(tree: Tree, given: string): PythonProject {
  const projects = listPythonProjects(tree).filter(({ folder }) => folder !== '.');
  const folder = normalizePath(given).replace(/\/$/, '');
  const inFolder = projects.find((project) => project.folder === folder);
  const named = inFolder === undefined ? projects.filter(({ name }) => name === given) : [inFolder];
  const [first, second] = named;
  if (first !== undefined && second === undefined) return first;
  if (second !== undefined)
    throw new UserError(
      `--usedBy ${given} may mean ${named.map((project) => project.folder).join(' or ')}. Name the folder instead of the project.`,
    );
  const known = projects.length === 0 ? 'there is none yet' : projects.map(({ name, folder: place }) => `${name} (${place})`).join(', ');
  throw new UserError(
    `--usedBy names "${given}", and no Python project of the workspace is called so, or lies there. Name one that has a pyproject.toml: ${known}.`,
  );
}
