import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, inject } from 'vitest';
import { nxLines } from './nx-lines';
import { ownWorkspace } from './own-workspace';

/** Installed packages, and caches that are right whatever they find. */
const kept = new Set(['node_modules', '.nx', '.cache']);

/** Each test file finds its worker's workspace as it was installed, whichever file was there before. */
beforeAll(() => {
  const { folder } = ownWorkspace();
  const pristine = inject('pristine')[nxLines[0].nx].folder;
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  for (const name of readdirSync(pristine)) if (!kept.has(name)) cpSync(join(pristine, name), join(folder, name), { recursive: true });
});
