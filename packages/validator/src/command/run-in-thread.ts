import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RunInput } from './run-anew';
import type { CommandOutcome } from './run-validate';

/**
 * Most of what a run makes is dropped at once. V8 collects that cheaply where the space for new objects is large,
 * and only a thread can be given another size than the process began with.
 */
const MEMORY = { maxYoungGenerationSizeMb: 64 };
/** Only what is built has it as JavaScript; elsewhere the thread ends at once. */
const WORKER_FILE = join(__dirname, 'run-worker.js');

/** `runAnew` in a thread of its own; in this one where no thread can be had, or when it died. */
export async function runInThread(input: RunInput): Promise<CommandOutcome> {
  const outcome = await runWorker(input);
  if (outcome !== undefined) return outcome;
  const { runAnew } = await import('./run-anew.js');
  return runAnew(input);
}

function runWorker(input: RunInput): Promise<CommandOutcome | undefined> {
  return new Promise((resolve) => {
    try {
      const worker = new Worker(WORKER_FILE, { workerData: input, resourceLimits: MEMORY, execArgv: [] });
      worker.on('message', resolve);
      worker.on('error', () => resolve(undefined));
      worker.on('exit', () => resolve(undefined));
    } catch {
      resolve(undefined);
    }
  });
}
