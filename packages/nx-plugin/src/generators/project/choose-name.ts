import { getProjects, type Tree } from '@nx/devkit';
import { UserError } from '../../errors/user-error';
import { listServices } from './list-services';
import { readProjectName } from './read-project-name';

/** The name of the Nx project: as asked for, as a file of the user's has it, or as the service is called. Throws `UserError` when it is taken. */
export function chooseName(
  tree: Tree,
  { directory, service, asked }: { readonly directory: string; readonly service: string; readonly asked: string | undefined },
): string {
  const name = asked?.trim() || readProjectName(tree, directory) || service;
  if (!/^(@[\w.~-]+\/)?[a-zA-Z][^\s:/]*$/.test(name)) {
    throw new UserError(
      `"${name}" does not do as the name of an Nx project. Start --name with a letter and leave out spaces, ":" and "/": shop-api.`,
    );
  }
  const taken = findProject(tree, name);
  if (taken === undefined || taken === directory) return name;
  throw new UserError(
    `The name "${name}" is taken by the project in ${taken}, and Nx needs every name to be the only one. Choose another with --name.`,
  );
}

/** Folder of the project that has the name. Services that nothing but their `service.yaml` names are not in `getProjects`. */
function findProject(tree: Tree, name: string): string | undefined {
  const project = getProjects(tree).get(name);
  if (project !== undefined) return project.root;
  return listServices(tree).find((service) => service.name === name)?.directory;
}
