import { offsetFromRoot, updateJson, writeJson, type Tree } from '@nx/devkit';
import { readProjectName } from './read-project-name';

/** The project is called as its service; another name is kept in a `project.json`, with nothing else in it. */
export function keepName(
  tree: Tree,
  { directory, name, service }: { readonly directory: string; readonly name: string; readonly service: string },
): void {
  if ((readProjectName(tree, directory) ?? service) === name) return;
  const file = `${directory}/project.json`;
  if (tree.exists(file)) updateJson(tree, file, (project: Record<string, unknown>) => ({ ...project, name }));
  else writeJson(tree, file, { $schema: `${offsetFromRoot(directory)}node_modules/nx/schemas/project-schema.json`, name });
}
