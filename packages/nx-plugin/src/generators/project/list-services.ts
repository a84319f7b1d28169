import { glob, type Tree } from '@nx/devkit';
import { readServiceName } from '../../plugins/read-service-name';
import { readProjectName } from './read-project-name';

export interface Service {
  /** From the workspace root. */
  readonly directory: string;
  /** Of the Nx project. */
  readonly name: string;
}

/** Every service that was made from a spec in its folder, by folder. */
export function listServices(tree: Tree): readonly Service[] {
  return glob(tree, ['**/service.yaml'])
    .map((path) => path.slice(0, -'/service.yaml'.length))
    .filter((directory) => tree.exists(`${directory}/pyproject.toml`))
    .sort()
    .flatMap((directory) => {
      const name = readProjectName(tree, directory) ?? readServiceName(tree.read(`${directory}/service.yaml`, 'utf-8') ?? '');
      return name === undefined ? [] : [{ directory, name }];
    });
}
