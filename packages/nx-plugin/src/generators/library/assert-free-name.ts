import { getProjects, type Tree } from '@nx/devkit';
import { UserError } from '../../errors/user-error';
import { listPythonProjects } from '../../python-projects/list-python-projects';

/** Throws `UserError` when another project of the workspace has the name, as an Nx project or as a package. */
export function assertFreeName(tree: Tree, name: string, directory: string): void {
  const python = listPythonProjects(tree).find(
    (project) => project.folder !== directory && [project.name, project.distribution].includes(name),
  );
  const taken = getProjects(tree).get(name)?.root ?? python?.folder;
  if (taken === undefined || taken === directory) return;
  throw new UserError(
    `The name "${name}" is taken by the project in ${taken}, and Nx needs every name to be the only one. Choose another with --name.`,
  );
}
