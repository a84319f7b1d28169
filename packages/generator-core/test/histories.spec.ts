import { expect, test } from 'vitest';
import { runHistory } from './histories/run-history';

/** `HISTORIES=100` tries more of them, `HISTORY=7` one, which a failure names. */
const one = process.env['HISTORY'];
const count = Number(process.env['HISTORIES'] ?? 3);
const seeds = one === undefined ? Array.from({ length: count }, (_, index) => index) : [Number(one)];

test.each(seeds)(
  'after each step of a history the service is right or in a named conflict, no line is lost, and a second run has nothing to do: seed %i',
  (seed) => {
    const history = runHistory(seed, 8);
    const wrong = history.filter((step) => step.wrong.length > 0);
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    expect(history.length).toBe(9);
  },
  600_000,
);
