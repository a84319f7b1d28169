import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { formatSeconds, lastLines } from '../../../tools/run-command.mjs';
import { addPlugin, createWorkspace, packPackages, type Workspace } from '../../../tools/setup-workspace.mjs';
import { buildPackages, formatSetupError, installUv, requirePython, SetupError } from '../../../tools/setup.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly workspace: Workspace;
  }
}

/**
 * One workspace for all suites, outside of the repository, so that nothing is found in its node_modules by accident.
 * E2E_KEEP=1 leaves it where it is, to look into.
 */
export default async function setUp(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-e2e-'));
  try {
    const started = Date.now();
    project.provide('workspace', await makeWorkspace(folder));
    process.stdout.write(`workspace with the packed plugin: ${folder}, ${formatSeconds(Date.now() - started)}\n`);
  } catch (error) {
    throw new Error(formatSetupError(error));
  }
  return () => {
    if (process.env['E2E_KEEP'] === undefined) rmSync(folder, { recursive: true, force: true });
    else process.stdout.write(`kept: ${folder}\n`);
  };
}

async function makeWorkspace(folder: string): Promise<Workspace> {
  const python = await requirePython();
  const uv = await installUv(python);
  await buildPackages();
  const tarballs = await packPackages(join(folder, 'packages'));
  const workspace = createWorkspace({ folder: join(folder, 'workspace'), tarballs, uvFolder: uv.folder, python });
  const added = await addPlugin(workspace, tarballs, join(folder, 'nx-add.log'));
  if (added.status !== 0)
    throw new SetupError('nx add @org/fastapi failed.', {
      output: lastLines(added.output, 60),
      mend: 'run the demo (`npm run demo`); it does the same, step by step, with logs.',
    });
  return workspace;
}
