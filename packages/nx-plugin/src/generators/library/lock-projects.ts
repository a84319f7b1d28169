import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { runUv } from '../../adapters/run-uv';
import { lastLines } from '../../errors/last-lines';
import { UserError } from '../../errors/user-error';

export interface LockStep {
  /** Relative to the workspace root. */
  readonly folder: string;
  /** Arguments of uv, one row a run. */
  readonly runs: readonly (readonly string[])[];
}

/** Brings locks and environments up to date, one folder after the other. Throws `UserError` at the first that fails; the written files stay. */
export function lockProjects(workspaceRoot: string, steps: readonly LockStep[]): void {
  for (const { folder, runs } of steps) for (const args of runs) runStep(workspaceRoot, folder, args);
}

function runStep(workspaceRoot: string, folder: string, args: readonly string[]): void {
  const command = `uv ${args.join(' ')}`;
  logger.info(`${folder === '.' ? 'workspace root' : folder}: ${command}`);
  const run = runUv(args, join(workspaceRoot, folder));
  if (run.kind === 'ended' && run.code === 0) return;
  const [title, output] =
    run.kind === 'ended' ? [`ended with code ${run.code}`, run.output] : [run.kind === 'missing' ? 'is not on the PATH' : run.reason, ''];
  throw new UserError(
    [
      `The files are written, but \`${command}\` in ${folder} ${title}.`,
      ...lastLines(output).map((line) => `  ${line}`),
      `What to do: mend what uv names (\`requires-python\` of the library and of its users must fit together, and the package index be within reach), then run \`${command}\` in ${folder}.`,
    ].join('\n'),
  );
}
