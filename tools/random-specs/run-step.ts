import { spawnSync } from 'node:child_process';

export type StepOutcome = { readonly kind: 'passed' } | { readonly kind: 'failed'; readonly output: string };

interface StepRun {
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** One program to its end; longer than ten minutes counts as failed. */
export function runStep({ command, folder, environment = {} }: StepRun): StepOutcome {
  const [program = '', ...words] = command;
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 600_000,
    env: { ...process.env, VIRTUAL_ENV: undefined, ...environment },
  });
  return status === 0 ? { kind: 'passed' } : { kind: 'failed', output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` };
}
