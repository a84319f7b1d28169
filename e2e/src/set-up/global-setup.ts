import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { formatSeconds, lastLines } from '../../../tools/run-command.mjs';
import { addPlugin, copyWorkspace, createWorkspace, packPackages, type Tarballs, type Workspace } from '../../../tools/setup-workspace.mjs';
import { workerCount } from './worker-count';
import { buildPackages, formatSetupError, installUv, requirePython, SetupError } from '../../../tools/setup.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** One for each worker. */
    readonly workspaces: readonly Workspace[];
    readonly tarballs: Tarballs;
  }
}

/**
 * Workspaces outside of the repository, so that nothing is found in its node_modules by accident.
 * E2E_KEEP=1 leaves them where they are, to look into.
 */
export default async function setUp(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-e2e-'));
  try {
    const started = Date.now();
    const { workspaces, tarballs } = await makeWorkspaces(folder);
    project.provide('workspaces', workspaces);
    project.provide('tarballs', tarballs);
    process.stdout.write(`workspaces with the packed plugin: ${folder}, ${formatSeconds(Date.now() - started)}\n`);
  } catch (error) {
    throw new Error(formatSetupError(error));
  }
  return () => {
    if (process.env['E2E_KEEP'] === undefined) rmSync(folder, { recursive: true, force: true });
    else process.stdout.write(`kept: ${folder}\n`);
  };
}

async function makeWorkspaces(folder: string): Promise<{ workspaces: readonly Workspace[]; tarballs: Tarballs }> {
  const python = await requirePython();
  const uv = await installUv(python);
  await buildPackages();
  const tarballs = await packPackages(join(folder, 'packages'));
  const first = createWorkspace({ folder: join(folder, 'workspace-1'), tarballs, uvFolder: uv.folder, python });
  const added = await addPlugin(first, tarballs, join(folder, 'nx-add.log'));
  if (added.status !== 0)
    throw new SetupError('nx add @org/fastapi failed.', {
      output: lastLines(added.output, 60),
      mend: 'run the demo (`npm run demo`); it does the same, step by step, with logs.',
    });
  const others = Array.from({ length: workerCount - 1 }, (_, index) => copyWorkspace(first, join(folder, `workspace-${index + 2}`)));
  return { workspaces: [first, ...others], tarballs };
}
