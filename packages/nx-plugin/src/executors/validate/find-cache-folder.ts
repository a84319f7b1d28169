import { resolve } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';

/**
 * Where the results of the workspace's projects are kept: with Nx's where the user has named a folder, else in this checkout.
 * Not where Nx keeps its own by default: two checkouts of one user share that, and would drop each other's facts.
 */
export function findCacheFolder({ root, nxJsonConfiguration }: Pick<ExecutorContext, 'root' | 'nxJsonConfiguration'>): string {
  const { cacheDirectory, tasksRunnerOptions } = nxJsonConfiguration;
  const configured = (process.env['NX_CACHE_DIRECTORY'] ?? '') || (cacheDirectory ?? runnerFolder(tasksRunnerOptions));
  return resolve(root, configured ?? '.nx/cache', 'fastapi-validate');
}

/** As older workspaces say it. */
function runnerFolder(runners: ExecutorContext['nxJsonConfiguration']['tasksRunnerOptions']): string | undefined {
  const folder: unknown = (runners?.['default']?.options as { cacheDirectory?: unknown } | undefined)?.cacheDirectory;
  return typeof folder === 'string' ? folder : undefined;
}
