import type { Tree } from '@nx/devkit';
import { findLockedFolder } from '../../adapters/find-locked-folder';
import { UserError } from '../../errors/user-error';

/** Throws `UserError` when files cannot be written to the folder. What stands in it already is the core's business. */
export function assertTargetFolder(tree: Tree, directory: string, what = 'service'): void {
  const file = ancestorsOf(directory).find((path) => tree.isFile(path));
  if (file !== undefined)
    throw new UserError(`${file} is a file, so the ${what} cannot be in ${directory}. Name another folder, or move the file away.`);
  const locked = findLockedFolder(tree.root, directory);
  if (locked === undefined) return;
  const place = locked === '.' ? 'the workspace root' : locked;
  throw new UserError(
    `${directory} cannot be written, because ${place} is read-only for you. Change its permissions (chmod u+w ${locked}), or name another folder.`,
  );
}

/** `apps/shop` → `apps`, `apps/shop`. */
function ancestorsOf(directory: string): readonly string[] {
  const parts = directory.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
