import { setImmediate } from 'node:timers/promises';
import { openProject } from '../src/index';
import { makeRandom } from '../test/make-random';
import { hostileTexts, mangleText } from './mangle-text';

export interface FuzzInput {
  readonly texts: readonly string[];
  readonly count: number;
  readonly seed: number;
  /** Is given each text before it is read: a native crash leaves no other trace. */
  readonly onText?: (text: string) => void;
}

export interface FuzzOutcome {
  /** What was thrown. */
  readonly failures: readonly string[];
  /** Milliseconds of the slowest text. */
  readonly slowest: number;
}

const TURN = 20;
/** Long files find nothing that short ones do not, and take the time of many. */
const LONGEST = 6_000;

/** Reads every hostile text and `count` spoiled ones, through a project that stays open. */
export async function fuzzTexts({ texts, count, seed, onText }: FuzzInput): Promise<FuzzOutcome> {
  const random = makeRandom(seed);
  const failures: string[] = [];
  let slowest = 0;
  const project = openProject({ files: new Map() });
  const read = (name: string, text: string): void => {
    const start = performance.now();
    onText?.(text);
    try {
      project.update(new Map([['app.py', text]]));
      project.check();
    } catch (error) {
      failures.push(`${name}: ${String(error).slice(0, 200)}: ${JSON.stringify(text.slice(0, 500))}`);
    }
    slowest = Math.max(slowest, Math.round(performance.now() - start));
  };
  for (const [name, text] of hostileTexts()) {
    read(name, text);
    await setImmediate();
  }
  for (let index = 0; index < count; index += 1) {
    // Native trees are freed between turns of the event loop only.
    if (index % TURN === 0) await setImmediate();
    const text = texts[random(texts.length)]!;
    const start = text.length > LONGEST ? random(text.length - LONGEST) : 0;
    read(`text ${index} of seed ${seed}`, mangleText(text.slice(start, start + LONGEST), random));
  }
  return { failures, slowest };
}
