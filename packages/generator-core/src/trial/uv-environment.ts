import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPythonPins } from '../pins/python-pins';
import { verifyLockHashes } from '../pins/verify-lock-hashes';

/** Python with the packages of a service, made by uv from the plan's own `pyproject.toml`: no model has a say in it. */
export interface UvEnvironment {
  readonly python: string;
  /** What the interpreter needs to be seen: its own folder and the environment's. Absolute. */
  readonly readable: readonly string[];
}

export type UvEnvironmentOutcome =
  { readonly kind: 'made'; readonly environment: UvEnvironment } | { readonly kind: 'failed'; readonly why: string };

/** Locks and installs into the folder. `failed` says what stood in the way and what to do. */
export async function makeUvEnvironment(folder: string, pyproject: string, signal: AbortSignal): Promise<UvEnvironmentOutcome> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pyproject.toml'), pyproject);
  for (const words of [['lock'], ['sync', '--locked']]) {
    if (words[0] === 'sync' && hasReplacedFiles(folder))
      return {
        kind: 'failed',
        why: 'the package index serves other files than the service was proven with. Check UV_INDEX_URL and the mirror behind it.',
      };
    const run = await runProgram('uv', words, { folder, signal });
    if (run.code === 'missing')
      return { kind: 'failed', why: 'uv was not found on the PATH. Install it with `pipx install uv` or `pip install uv`.' };
    if (run.code !== 0) return { kind: 'failed', why: `\`uv ${words.join(' ')}\` failed: ${lastLine(run.output)}` };
  }
  const python = join(folder, '.venv', 'bin', 'python');
  const { code, output } = await runProgram(python, ['-c', 'import sys; print(sys.base_prefix)'], { folder, signal });
  if (code !== 0) return { kind: 'failed', why: `the environment's Python does not start: ${lastLine(output)}` };
  const base = [...new Set([output.trim(), realpathSync(output.trim())])].filter((path) => !/^\/usr(\/local)?$/.test(path));
  return { kind: 'made', environment: { python, readable: [realpathSync(join(folder, '.venv')), ...base] } };
}

function hasReplacedFiles(folder: string): boolean {
  return verifyLockHashes(readFileSync(join(folder, 'uv.lock'), 'utf8'), readPythonPins()).some(({ kind }) => kind === 'replaced');
}

interface ProgramRun {
  readonly code: number | 'missing' | undefined;
  readonly output: string;
}

function runProgram(
  program: string,
  words: readonly string[],
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<ProgramRun> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const child = spawn(program, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], signal, env: withoutEnvironment() });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ code: error.code === 'ENOENT' ? 'missing' : undefined, output: error.message }),
    );
    child.on('close', (code) => resolve({ code: code ?? undefined, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** Another environment that is active, or asked for, would be changed instead of ours. */
function withoutEnvironment(): NodeJS.ProcessEnv {
  const { VIRTUAL_ENV: _active, UV_PROJECT_ENVIRONMENT: _asked, ...rest } = process.env;
  return rest;
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}
