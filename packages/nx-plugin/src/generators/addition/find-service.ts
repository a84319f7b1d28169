import { getProjects, joinPathFragments, type Tree } from '@nx/devkit';
import { UserError } from '../../errors/user-error';
import { listServices, type Service } from '../project/list-services';

interface FindServiceOptions {
  /** Name or folder, as the user or Nx gave it. */
  readonly project: string | undefined;
  /** Where the user is, from the workspace root. */
  readonly callerFolder: string;
}

/** The service that is meant: the one named, the one whose folder the user is in, or the only one. Throws `UserError` for none and for many. */
export function findService(tree: Tree, { project, callerFolder }: FindServiceOptions): Service {
  const services = listServices(tree);
  const asked = isMeant(tree, project) ? project.trim() : undefined;
  if (asked !== undefined) return findNamed(tree, { asked, callerFolder, services });
  const around = services.filter(({ directory }) => `${callerFolder}/`.startsWith(`${directory}/`)).at(-1);
  const [only, ...others] = services;
  if (around !== undefined) return around;
  if (only === undefined)
    throw new UserError('There is no service in this workspace yet. Make one first: nx g @org/fastapi:project apps/shop --spec shop.yaml');
  if (others.length === 0) return only;
  throw new UserError(`Which service is meant? Name it with --project, or run the command in its folder. There are: ${listOf(services)}.`);
}

/** Nx names the project of the workspace's root for everybody who is in no other one; no service is there. */
function isMeant(tree: Tree, project: string | undefined): project is string {
  if (project === undefined || project.trim() === '') return false;
  return getProjects(tree).get(project)?.root !== '.';
}

function findNamed(
  tree: Tree,
  { asked, callerFolder, services }: { readonly asked: string; readonly callerFolder: string; readonly services: readonly Service[] },
): Service {
  const folders = [asked, `${callerFolder}/${asked}`].map((path) => joinPathFragments(path).replace(/^\/|\/$/g, ''));
  const found = services.find(({ name }) => name === asked) ?? services.find(({ directory }) => folders.includes(directory));
  if (found !== undefined) return found;
  const other = getProjects(tree).get(asked);
  const what =
    other === undefined
      ? `There is no service "${asked}" in this workspace.`
      : `The project "${asked}" in ${other.root} is not made from a spec: there is no ${other.root}/service.yaml that a service was made from.`;
  throw new UserError(
    `${what} ${services.length === 0 ? 'Make one first: nx g @org/fastapi:project apps/shop --spec shop.yaml' : `Name one of these with --project: ${listOf(services)}.`}`,
  );
}

function listOf(services: readonly Service[]): string {
  return services.map(({ name, directory }) => `${name} (${directory})`).join(', ');
}
