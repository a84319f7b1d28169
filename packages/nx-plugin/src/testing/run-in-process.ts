import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const repository = join(__dirname, '../../../..');
const tsx = ['preflight.cjs', 'cjs/index.cjs'].flatMap((file) => ['--require', join(repository, 'node_modules/tsx/dist', file)]);

/** Runs one of the scripts of this folder in a process of its own; gives what it printed, and whether it was killed. */
export function runInProcess(
  script: string,
  words: readonly string[],
): { killed: boolean; status: number | null; stdout: string; stderr: string } {
  const { signal, status, stdout, stderr } = spawnSync(process.execPath, [...tsx, join(__dirname, script), ...words], {
    encoding: 'utf8',
    env: { ...process.env, TSX_TSCONFIG_PATH: join(repository, 'tsconfig.spec.json') },
  });
  return { killed: signal === 'SIGKILL', status, stdout, stderr };
}
