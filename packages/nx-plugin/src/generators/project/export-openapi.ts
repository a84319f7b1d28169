import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { runUv } from '../../adapters/run-uv';
import { lastLines } from '../../errors/last-lines';

interface ExportOptions {
  readonly workspaceRoot: string;
  readonly directory: string;
  /** Name of the Nx project. */
  readonly name: string;
}

/** Has the service write its `openapi.json`, which it can only where it is installed. A service that cannot is told of and stays: its settings may be for elsewhere. */
export function exportOpenapi({ workspaceRoot, directory, name }: ExportOptions): void {
  const run = runUv(['run', '--frozen', '--no-sync', 'python', '-m', 'app.export_openapi'], join(workspaceRoot, directory));
  if (run.kind === 'ended' && run.code === 0) return;
  const output = run.kind === 'ended' ? lastLines(run.output).map((line) => `  ${line}`) : [];
  logger.warn(
    [`${directory}/openapi.json was not written, because the service did not load:`, ...output, `Afterwards: nx run ${name}:openapi`].join(
      '\n',
    ),
  );
}
