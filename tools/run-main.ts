import { formatSetupError, SetupError } from './setup.mjs';

/** A line of what a program tells. */
export function say(line: string): void {
  process.stdout.write(`${line.trimEnd()}\n`);
}

/** Runs a program to its end: `main` gives the exit code. An error is told without a stack trace, with exit code 2. */
export function runMain(main: () => Promise<number>): void {
  main().then(
    (status) => (process.exitCode = status),
    (error: unknown) => {
      process.stderr.write(`${messageOf(error)}\n`);
      process.exitCode = 2;
    },
  );
}

function messageOf(error: unknown): string {
  if (error instanceof SetupError) return formatSetupError(error);
  return error instanceof Error ? error.message : String(error);
}
