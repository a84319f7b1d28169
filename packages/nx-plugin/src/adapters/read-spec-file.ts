import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { normalizePath, type Tree } from '@nx/devkit';

export type SpecFileReading =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  /** There is no file at the path. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The bytes of a spec: by the Tree when it lies in the workspace, from the disk when it lies elsewhere. */
export function readSpecFile(tree: Tree, path: string): SpecFileReading {
  const place = normalizePath(relative(tree.root, resolve(tree.root, path)));
  try {
    return isAbsolute(place) || place.startsWith('../') ? readFromDisk(resolve(tree.root, path)) : readFromTree(tree, place);
  } catch (error) {
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
}

function readFromTree(tree: Tree, path: string): SpecFileReading {
  if (!tree.exists(path)) return { kind: 'missing' };
  if (!tree.isFile(path)) return { kind: 'folder' };
  const bytes = tree.read(path);
  return bytes === null ? { kind: 'unreadable', reason: 'Nx could not read it' } : { kind: 'read', bytes };
}

function readFromDisk(path: string): SpecFileReading {
  const state = statSync(path, { throwIfNoEntry: false });
  if (state === undefined) return { kind: 'missing' };
  return state.isDirectory() ? { kind: 'folder' } : { kind: 'read', bytes: readFileSync(path) };
}
