import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PythonVersion } from '../python/python-version';
import { encodeFacts, extractTaken, takerOf, type FactsDepth, type WorkerInput, type WorkerOutput } from './extract-job';

export interface Extraction {
  readonly version: PythonVersion;
  readonly depth: FactsDepth;
  /** This thread included; by default as many as the machine runs at once, at most 4. */
  readonly threads?: number | undefined;
  /** For tests. */
  readonly workerFile?: string | undefined;
}

/** With less than this, starting a thread takes longer than it saves. */
const LEAST_SOURCE: Readonly<Record<FactsDepth, number>> = { full: 1024 * 1024, outline: 4 * 1024 * 1024 };
const MOST_THREADS = 4;
/** One text needs some hundred times its size, for a moment; more than this and the worker ends, and its texts come back here. */
const WORKER_MEMORY = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };
/** Only what is built has it as JavaScript; run from TypeScript sources, under vitest or tsx, all is done in this thread. */
const WORKER_FILE = join(__dirname, 'extract-worker.js');

/** The encoded facts of each text. The order of the texts does not matter; the largest are done first. */
export async function extractFacts(texts: readonly string[], options: Extraction): Promise<readonly Uint8Array[]> {
  const order = texts.map((_, index) => index).sort((left, right) => texts[right]!.length - texts[left]!.length);
  const sorted = order.map((index) => texts[index]!);
  const counter = new SharedArrayBuffer(4);
  const facts: (Uint8Array | undefined)[] = sorted.map(() => undefined);
  const keep = (index: number, made: Uint8Array): void => void (facts[index] = made);
  const ended = startWorkers(sorted, counter, { ...options, keep });
  const { version, depth } = options;
  await extractTaken({ take: takerOf(counter, sorted.length), textAt: (index) => sorted[index]!, version, depth, keep });
  await Promise.all(ended);
  const result: Uint8Array[] = [];
  // What a worker took and did not bring back, because it died, is done here.
  for (const [rank, index] of order.entries()) result[index] = facts[rank] ?? encodeFacts(sorted[rank]!, version, depth);
  return result;
}

interface WorkersOptions extends Extraction {
  readonly keep: (index: number, facts: Uint8Array) => void;
}

/** One promise for each worker, kept when it has ended in whatever way. */
function startWorkers(texts: readonly string[], counter: SharedArrayBuffer, options: WorkersOptions): readonly Promise<void>[] {
  const { version, depth, keep, workerFile = WORKER_FILE } = options;
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  const count = Math.min((options.threads ?? Math.min(availableParallelism(), MOST_THREADS)) - 1, texts.length - 1);
  if (count < 1 || size < LEAST_SOURCE[depth] || !existsSync(workerFile)) return [];
  const input: WorkerInput = { counter, ...shareTexts(texts), version, depth };
  return Array.from({ length: count }, () => startWorker(workerFile, input, keep));
}

function startWorker(workerFile: string, input: WorkerInput, keep: WorkersOptions['keep']): Promise<void> {
  return new Promise((resolve) => {
    try {
      const worker = new Worker(workerFile, { workerData: input, resourceLimits: WORKER_MEMORY, execArgv: [] });
      worker.on('message', ({ index, facts }: WorkerOutput) => keep(index, facts));
      worker.on('error', () => undefined);
      worker.on('exit', () => resolve());
    } catch {
      resolve();
    }
  });
}

function shareTexts(texts: readonly string[]): Pick<WorkerInput, 'content' | 'ends'> {
  const ends = new Int32Array(new SharedArrayBuffer(4 * (texts.length + 1)));
  for (const [index, text] of texts.entries()) ends[index + 1] = ends[index]! + Buffer.byteLength(text, 'utf8');
  const content = new SharedArrayBuffer(ends.at(-1)!);
  const bytes = Buffer.from(content);
  for (const [index, text] of texts.entries()) bytes.write(text, ends[index]!, 'utf8');
  return { content, ends: ends.buffer as SharedArrayBuffer };
}
