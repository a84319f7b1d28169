import { visitNotIgnoredFiles, type Tree } from '@nx/devkit';
import type { ProjectReader } from '@org/generator-core';

/** A folder of Nx's Tree as the core reads it: what is on the disk, with what this run has changed so far. */
export function createTreeProjectReader(tree: Tree, directory: string): ProjectReader {
  return {
    list: () => listFiles(tree, directory),
    read: (path) => tree.read(`${directory}/${path}`, 'utf-8') ?? undefined,
  };
}

function listFiles(tree: Tree, directory: string): readonly string[] {
  const paths: string[] = [];
  if (tree.exists(directory)) visitNotIgnoredFiles(tree, directory, (path) => paths.push(path.slice(directory.length + 1)));
  return paths.sort();
}
