import { inject } from 'vitest';
import type { Workspace } from '../../../tools/setup-workspace.mjs';

/** Test files run side by side, each in a workspace that is its worker's own. */
export function ownWorkspace(): Workspace {
  const worker = Number(process.env['VITEST_POOL_ID'] ?? 1);
  const workspaces = inject('workspaces');
  const workspace = workspaces[worker - 1];
  if (workspace === undefined)
    throw new Error(`Worker ${worker} has no workspace: there are ${workspaces.length}. See maxWorkers in e2e/vitest.config.ts.`);
  return workspace;
}
