import { offsetFromRoot, updateJson, writeJson, type Tree } from '@nx/devkit';
import { readProjectName } from './read-project-name';
import type { Generated } from './run-core';

/** Puts the service into the Tree; Nx writes it to the disk when the generator has ended well. */
export function writeService(
  tree: Tree,
  { directory, name, generated }: { readonly directory: string; readonly name: string; readonly generated: Generated },
): void {
  for (const [path, text] of generated.writes) tree.write(`${directory}/${path}`, text);
  for (const path of generated.deletes) tree.delete(`${directory}/${path}`);
  keepName(tree, { directory, name, service: generated.report.service });
}

/** The project is called as its service; another name is kept in a `project.json`, with nothing else in it. */
function keepName(
  tree: Tree,
  { directory, name, service }: { readonly directory: string; readonly name: string; readonly service: string },
): void {
  if ((readProjectName(tree, directory) ?? service) === name) return;
  const file = `${directory}/project.json`;
  if (tree.exists(file)) updateJson(tree, file, (project: Record<string, unknown>) => ({ ...project, name }));
  else writeJson(tree, file, { $schema: `${offsetFromRoot(directory)}node_modules/nx/schemas/project-schema.json`, name });
}
