import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { formatSeconds, lastLines, type CommandResult } from '../../../tools/run-command.mjs';
import { addPlugin, changeNx, copyWorkspace, createWorkspace, packPackages, type Workspace } from '../../../tools/setup-workspace.mjs';
import { nxLines, type NxLine } from './nx-lines';
import { workerCount } from './worker-count';
import { buildPackages, formatSetupError, installUv, requirePython, SetupError } from '../../../tools/setup.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** One for each worker; of the first line of Nx. */
    readonly workspaces: readonly Workspace[];
    /** One for each line of Nx, by its version; to be copied. */
    readonly pristine: Readonly<Record<NxLine['nx'], Workspace>>;
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
    const pristine = await makeWorkspaces(folder);
    const copies = Array.from({ length: workerCount }, (_, index) => join(folder, `workspace-${index + 1}`));
    project.provide('pristine', pristine);
    project.provide(
      'workspaces',
      copies.map((copy) => copyWorkspace(pristine[nxLines[0].nx], copy)),
    );
    process.stdout.write(`workspaces with the packed plugin: ${folder}, ${formatSeconds(Date.now() - started)}\n`);
  } catch (error) {
    throw new Error(formatSetupError(error));
  }
  return () => {
    if (process.env['E2E_KEEP'] === undefined) rmSync(folder, { recursive: true, force: true });
    else process.stdout.write(`kept: ${folder}\n`);
  };
}

/** The first line is installed as a user does it; the others are copies of it with other versions of Nx, so that nothing is compiled twice. */
async function makeWorkspaces(folder: string): Promise<Readonly<Record<NxLine['nx'], Workspace>>> {
  const python = await requirePython();
  const uv = await installUv(python);
  await buildPackages();
  const tarballs = await packPackages(join(folder, 'packages'));
  const [firstLine, ...otherLines] = nxLines;
  const first = createWorkspace({ folder: join(folder, `nx-${firstLine.nx}`), tarballs, uvFolder: uv.folder, python });
  const logFile = join(folder, 'install.log');
  expectInstalled(await addPlugin(first, tarballs, logFile), firstLine);
  const workspaces: Record<string, Workspace> = { [firstLine.nx]: first };
  for (const line of otherLines) {
    const workspace = copyWorkspace(first, join(folder, `nx-${line.nx}`));
    expectInstalled(await changeNx(workspace, line, logFile), line);
    workspaces[line.nx] = workspace;
  }
  return workspaces as Record<NxLine['nx'], Workspace>;
}

function expectInstalled({ status, output }: CommandResult, { nx }: NxLine): void {
  if (status === 0) return;
  throw new SetupError(`The packed plugin could not be installed with Nx ${nx}.`, {
    output: lastLines(output, 60),
    mend: 'run the demo (`npm run demo`); it does the same, step by step, with logs.',
  });
}
