import { spawnSync } from 'node:child_process';

export type UvRun =
  | { readonly kind: 'ended'; readonly code: number; readonly output: string }
  /** There is no `uv` on the PATH. */
  | { readonly kind: 'missing' }
  /** It was there and could not be started, or was killed. */
  | { readonly kind: 'broken'; readonly reason: string };

/** Runs uv to its end; what it says is kept, not shown. */
export function runUv(args: readonly string[], folder: string): UvRun {
  const run = spawnSync('uv', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.error) return isMissing(run.error) ? { kind: 'missing' } : { kind: 'broken', reason: run.error.message };
  if (run.status === null) return { kind: 'broken', reason: `it was ended by ${run.signal ?? 'the system'}` };
  return { kind: 'ended', code: run.status, output: `${run.stdout}${run.stderr}`.trim() };
}

function isMissing(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ENOENT';
}
