import { encodeSummary } from '../extract/encode-summary';
import { extractOutline } from '../extract/extract-outline';
import { extractSummary } from '../extract/extract-summary';
import type { PythonVersion } from '../python/python-version';

/** `outline`: only what `extractOutline` tells. */
export type FactsDepth = 'full' | 'outline';

/** What a worker is started with; all of it is shared memory, so that starting copies nothing. */
export interface WorkerInput {
  /** One number: the next text nobody has taken. */
  readonly counter: SharedArrayBuffer;
  /** The texts as UTF-8, one after the other. */
  readonly content: SharedArrayBuffer;
  /** Where each text ends; one more than there are texts, the first is 0. */
  readonly ends: SharedArrayBuffer;
  readonly version: PythonVersion;
  readonly depth: FactsDepth;
}

/** What a worker says of each text. */
export interface WorkerOutput {
  readonly index: number;
  readonly facts: Uint8Array;
}

/** Facts in a buffer of their own, so that it can be transferred; no bytes for a text that has no outline. */
export function encodeFacts(text: string, version: PythonVersion, depth: FactsDepth): Uint8Array<ArrayBuffer> {
  const summary = depth === 'full' ? extractSummary(text, version) : extractOutline(text, version);
  return summary === undefined ? new Uint8Array(0) : encodeSummary(summary);
}

interface Taking {
  /** Gives the next text to do; undefined at the end. */
  readonly take: () => number | undefined;
  readonly textAt: (index: number) => string;
  readonly version: PythonVersion;
  readonly depth: FactsDepth;
  readonly keep: (index: number, facts: Uint8Array<ArrayBuffer>) => void;
}

/** The native trees are freed only when the event loop turns: about 25 bytes for each byte of source until then. */
const SOURCE_BETWEEN_TURNS = 256 * 1024;
const FILES_BETWEEN_TURNS = 50;

/** Does texts until none is left; the same loop in the main thread and in the workers. */
export async function extractTaken({ take, textAt, version, depth, keep }: Taking): Promise<void> {
  let source = 0;
  let files = 0;
  for (let index = take(); index !== undefined; index = take()) {
    const text = textAt(index);
    keep(index, encodeFacts(text, version, depth));
    source += text.length;
    files += 1;
    if (source < SOURCE_BETWEEN_TURNS && files < FILES_BETWEEN_TURNS) continue;
    await new Promise(setImmediate);
    source = 0;
    files = 0;
  }
}

/** Takes the next number from a counter that threads share; undefined when all `count` are taken. */
export function takerOf(counter: SharedArrayBuffer, count: number): () => number | undefined {
  const next = new Int32Array(counter);
  return () => {
    const index = Atomics.add(next, 0, 1);
    return index < count ? index : undefined;
  };
}
