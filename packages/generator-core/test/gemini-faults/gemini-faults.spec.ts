import { describe, expect, test } from 'vitest';
import { faults } from './faults';
import { runFault } from './run-fault';

/** What becomes of the file when the fault happens once: `status calls waited`. */
const once: Readonly<Record<string, string>> = {
  'no finish reason': 'generated 2 0.5',
  'prose around the code': 'generated 1 0',
  'an empty stream': 'generated 2 0.5',
  'a comment line in the stream': 'generated 2 0.5',
  'JSON that is none': 'generated 2 0.5',
  'an error within the stream': 'generated 2 0.5',
  '429 for this minute': 'generated 2 7',
  '429 with fractions of a second': 'generated 2 0.3',
  '429 without a delay': 'generated 2 0.5',
  '499 CANCELLED': 'generated 2 0.5',
  '500 INTERNAL': 'generated 2 0.5',
  '503 UNAVAILABLE': 'generated 2 0.5',
  '504 DEADLINE_EXCEEDED': 'generated 2 0.5',
  '502 of a proxy, HTML': 'generated 2 0.5',
  '407 of a proxy': 'generated 2 0.5',
  '200 with a log-in page': 'generated 2 0.5',
  'an error within an array': 'generated 2 0.5',
  'reset before anything': 'generated 2 0.5',
  'reset within the text': 'generated 2 0.5',
  silence: 'generated 2 0.5',
  'silence within the text': 'generated 2 0.5',
};

function expectedOnce(name: string): string {
  const own = once[name];
  if (own !== undefined) return own;
  if (name.startsWith('nothing')) return 'generated 1 0';
  // What ends an answer early is asked afresh; what no answer will come from is given up at once.
  return /^(finish reason|MAX_TOKENS)/.test(name) ? 'regenerated 2 0' : 'flagged 1 0';
}

/** Again and again: patience for what passes, one fresh try for an answer that ended early, none for what cannot change. */
function expectedAlways(name: string): string {
  const first = expectedOnce(name);
  if (first === 'generated 1 0') return first;
  if (first === 'regenerated 2 0') return 'flagged 2 0';
  if (first === 'flagged 1 0') return first;
  const waits: Readonly<Record<string, string>> = { '429 for this minute': '28', '429 with fractions of a second': '1' };
  return `flagged 5 ${waits[name] ?? '7.5'}`;
}

describe.each(faults)('$name', ({ name, reply }) => {
  test.each([
    ['once', 1, expectedOnce(name)],
    ['again and again', 1000, expectedAlways(name)],
  ] as const)('%s: a right file, or a flag that says why', async (_how, times, expected) => {
    const { status, calls, waited, isRight, why } = await runFault(reply, times);
    expect(`${status} ${calls} ${waited}`).toBe(expected);
    expect(isRight).toBe(!expected.startsWith('flagged'));
    expect(why === '').toBe(isRight);
  });
});
