import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { normalizePath } from '@nx/devkit';
import { isWritable } from './is-writable';

/**
 * The nearest folder that is there, at or above `directory`, when it may not be written to; undefined when it may.
 * Nx writes the files one after the other, so it is better to know before the first.
 */
export function findLockedFolder(workspaceRoot: string, directory: string): string | undefined {
  if (!existsSync(workspaceRoot)) return undefined;
  let folder = directory;
  while (!existsSync(join(workspaceRoot, folder))) folder = dirname(folder);
  return isWritable(join(workspaceRoot, folder)) ? undefined : normalizePath(folder);
}
