import { readJson, type Tree } from '@nx/devkit';

/** The name that a file of the user's gives the Nx project in the folder; `project.json` comes before `package.json`, as in Nx. */
export function readProjectName(tree: Tree, directory: string): string | undefined {
  return ['project.json', 'package.json']
    .map((file) => `${directory}/${file}`)
    .filter((file) => tree.exists(file))
    .map((file) => readJson<{ readonly name?: string }>(tree, file).name)
    .find((name) => name !== undefined);
}
