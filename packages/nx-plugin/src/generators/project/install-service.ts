import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { readPythonPins, verifyLockHashes } from '@org/generator-core';
import { readTextFile } from '../../adapters/read-text-file';
import { runUv } from '../../adapters/run-uv';
import { lastLines } from '../../errors/last-lines';
import { UserError } from '../../errors/user-error';

interface InstallOptions {
  readonly workspaceRoot: string;
  readonly directory: string;
  /** Name of the Nx project. */
  readonly name: string;
}

/** Locks the Python packages, compares the lock with what services were proven with, and installs it. Throws `UserError`; the written files stay. */
export function installService(options: InstallOptions): void {
  const folder = join(options.workspaceRoot, options.directory);
  logger.info(`${options.name}: uv lock`);
  runStep(['lock'], folder, options);
  assertPinnedHashes(readTextFile(join(folder, 'uv.lock')), options);
  logger.info(`${options.name}: uv sync`);
  runStep(['sync', '--locked'], folder, options);
}

function runStep(args: readonly string[], folder: string, { directory, name }: InstallOptions): void {
  const run = runUv(args, folder);
  if (run.kind === 'ended' && run.code === 0) return;
  const [title, output] =
    run.kind === 'ended'
      ? [`ended with code ${run.code}`, run.output]
      : [run.kind === 'missing' ? 'is not on the PATH' : `failed: ${run.reason}`, ''];
  throw new UserError(
    [
      `The files of ${directory} are written, but \`uv ${args.join(' ')}\` ${title}.`,
      ...lastLines(output).map((line) => `  ${line}`),
      `What to do: check that this machine reaches its Python package index (PyPI, or the one that UV_INDEX_URL names), then run: nx run ${name}:install`,
    ].join('\n'),
  );
}

function assertPinnedHashes(lockText: string, { directory }: InstallOptions): void {
  const mismatches = verifyLockHashes(lockText, readPythonPins());
  const describe = (kind: 'extended' | 'replaced') =>
    mismatches
      .filter((mismatch) => mismatch.kind === kind)
      .map((mismatch) => `  ${mismatch.package} ${mismatch.version}: ${mismatch.unknownHashes.join(', ')}`);
  if (mismatches.some(({ kind }) => kind === 'replaced')) {
    throw new UserError(
      [
        `${directory}/uv.lock has none of the files that the service was proven with, for these packages, so nothing was installed:`,
        ...describe('replaced'),
        'The package index serves other files for these versions. What to do: check UV_INDEX_URL and the mirror behind it; delete uv.lock and run again. ' +
          'If you know the files to be good (a mirror that builds its own), install them with `uv sync`.',
      ].join('\n'),
    );
  }
  if (mismatches.length > 0) {
    logger.warn(
      [`${directory}/uv.lock has files that were added to releases after the service was proven with them:`, ...describe('extended')].join(
        '\n',
      ),
    );
  }
}
