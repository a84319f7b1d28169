import { visitNotIgnoredFiles, type Tree } from '@nx/devkit';
import type { ProjectReader } from '@org/generator-core';
import { transactionFolder } from './transaction/transaction-folder';

/** What was read, by path from the workspace root; undefined: there was no such file. */
export type SeenFiles = Map<string, Buffer | undefined>;

/** A folder of Nx's Tree as the core reads it: what is on the disk, with what this run has changed so far. What is read is put into `seen`. */
export function createTreeProjectReader(tree: Tree, directory: string, seen: SeenFiles = new Map()): ProjectReader {
  return {
    list: () => listFiles(tree, directory),
    read: (path) => {
      const bytes = tree.read(`${directory}/${path}`) ?? undefined;
      seen.set(`${directory}/${path}`, bytes);
      return bytes?.toString('utf8');
    },
  };
}

function listFiles(tree: Tree, directory: string): readonly string[] {
  const paths: string[] = [];
  if (tree.exists(directory)) visitNotIgnoredFiles(tree, directory, (path) => paths.push(path.slice(directory.length + 1)));
  return paths.filter((path) => !path.startsWith(`${transactionFolder}/`)).sort();
}
