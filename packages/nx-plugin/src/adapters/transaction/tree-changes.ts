import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import type { FileChange } from './file-change';

/**
 * What a Tree would write, sorted. `seen` is what the files held when they were read: where it is known, a file that somebody has changed since then is found out.
 */
export function treeChanges(tree: Tree, seen: ReadonlyMap<string, Buffer | undefined> = new Map()): readonly FileChange[] {
  return tree
    .listChanges()
    .map(({ path, content, options }) => ({
      path,
      before: seen.has(path) ? seen.get(path) : textAt(tree, path),
      after: content ?? undefined,
      mode: options?.mode === undefined ? undefined : Number(options.mode),
    }))
    .filter(({ path, after }) => after !== undefined || !isFolder(tree, path))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function textAt(tree: Tree, path: string): Buffer | undefined {
  return statSync(join(tree.root, path), { throwIfNoEntry: false })?.isFile() === true ? readFileSync(join(tree.root, path)) : undefined;
}

/** The Tree deletes a folder when its last file goes; a transaction does so by itself. */
function isFolder(tree: Tree, path: string): boolean {
  return statSync(join(tree.root, path), { throwIfNoEntry: false })?.isDirectory() === true;
}
