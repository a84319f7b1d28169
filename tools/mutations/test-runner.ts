import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface TestRunner {
  /** pytest with these words in the folder; one run at a time. */
  run(folder: string, words: readonly string[]): Promise<{ readonly status: number; readonly output: string }>;
  close(): void;
}

/** A Python process that has imported what services import, and forks for each run. */
export function startTestRunner(python: string, outputFile: string): TestRunner {
  const child = spawn(python, [join(__dirname, 'run_tests.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, COLUMNS: '400', NO_COLOR: '1' },
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failure = new Promise<never>((_, reject) => child.on('error', reject));
  failure.catch(() => undefined); // told by the run that waits for it
  return {
    async run(folder, words) {
      child.stdin.write(`${JSON.stringify({ folder, words, output: outputFile })}\n`);
      const { value, done } = await Promise.race([answers.next(), failure]);
      if (done === true) throw new Error(`${python} ended while it ran tests.`);
      return { status: Number(value), output: readFileSync(outputFile, 'utf8') };
    },
    close: () => child.stdin.end(),
  };
}
