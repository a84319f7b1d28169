import { isAbsolute, relative } from 'node:path';
import { normalizePath } from '@nx/devkit';

/**
 * Where in the workspace the user is, relative to its root; empty at the root or outside of the workspace.
 * npm and npx go to the root themselves and leave the user's folder in INIT_CWD.
 */
export function findCallerFolder(workspaceRoot: string): string {
  const folders = [process.env['INIT_CWD'], process.cwd()].map((folder) => (folder ? relative(workspaceRoot, folder) : '..'));
  return normalizePath(folders.find((folder) => !isAbsolute(folder) && !/^\.\.([/\\]|$)/.test(folder)) ?? '');
}
