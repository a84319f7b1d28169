import { resolve, sep } from 'node:path';
import { findProjectRoot } from '../system/node-file-system';
import { isBelow } from './is-below';

/** The folders of the projects that hold these paths, sorted: absolute, each once. No path means the folder itself. */
export function findRoots(folder: string, paths: readonly string[]): readonly string[] {
  const roots = paths.length === 0 ? [folder] : paths.map((path) => rootOf(folder, path));
  return [...new Set(roots)].sort();
}

/** A path in a folder without pyproject.toml belongs to the folder the command runs in. */
function rootOf(folder: string, path: string): string {
  const absolute = resolve(folder, path);
  const isInside = isBelow(absolute.split(sep).join('/'), folder.split(sep).join('/'));
  const root = findProjectRoot(absolute, isInside ? folder : undefined);
  if (root !== undefined) return root;
  if (isInside) return folder;
  throw new Error(
    `${path} is outside the project ${folder}, and no folder above it has a pyproject.toml. Start fastapi-validate in the project's own folder.`,
  );
}
