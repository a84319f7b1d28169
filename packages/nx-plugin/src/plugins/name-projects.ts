import type { PythonFolder } from './python-folder';

export interface NamedProject {
  readonly folder: PythonFolder;
  /** Undefined when a file of the user's names it. */
  readonly name: string | undefined;
  /** Other folders that state the same name, for which reason it has that of its folder. */
  readonly namesakes: readonly string[];
}

/**
 * Nx refuses every command when two projects have one name. So a name that several folders state names none of them:
 * each is called by its folder, `libs-shop`, and none depends on the order in which they are found.
 */
export function nameProjects(folders: readonly PythonFolder[]): readonly NamedProject[] {
  const rootsByName = new Map<string, string[]>();
  for (const folder of folders) {
    const name = folder.givenName ?? statedName(folder);
    rootsByName.set(name, [...(rootsByName.get(name) ?? []), folder.root]);
  }
  return folders.map((folder) => {
    if (folder.givenName !== undefined) return { folder, name: undefined, namesakes: [] };
    const name = statedName(folder);
    const namesakes = rootsByName.get(name)!.filter((root) => root !== folder.root);
    return { folder, name: namesakes.length === 0 ? name : folder.root.replaceAll('/', '-'), namesakes };
  });
}

function statedName({ facts, root }: PythonFolder): string {
  if (facts.kind === 'service') return facts.service;
  return (facts.kind === 'package' ? facts.distribution : undefined) ?? root.slice(root.lastIndexOf('/') + 1);
}
