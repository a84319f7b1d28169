import { parentPort, workerData } from 'node:worker_threads';
import { extractTaken, takerOf, type WorkerInput, type WorkerOutput } from './extract-job';

/** Started by `extract-facts.ts` in a thread of its own; nothing imports it. */
async function run({ counter, content, ends, version, depth }: WorkerInput): Promise<void> {
  const limits = new Int32Array(ends);
  const bytes = Buffer.from(content);
  await extractTaken({
    take: takerOf(counter, limits.length - 1),
    textAt: (index) => bytes.toString('utf8', limits[index], limits[index + 1]),
    version,
    depth,
    keep: (index, facts) => parentPort!.postMessage({ index, facts } satisfies WorkerOutput, [facts.buffer]),
  });
}

void run(workerData as WorkerInput);
