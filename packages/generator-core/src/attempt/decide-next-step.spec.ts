import type { Diagnostic } from '@org/validator';
import { expect, test } from 'vitest';
import type { Attempt } from './attempt';
import { decideNextStep } from './decide-next-step';

function diagnostic(message: string, line = 1): Diagnostic {
  const start = { line, column: 1, offset: 0 };
  return { rule: 'unknown-symbol', severity: 'error', certainty: 'certain', path: 'app/a.py', range: { start, end: start }, message };
}

function rejected(step: Attempt['step'], text: string, ...messages: string[]): Attempt {
  return {
    step,
    usage: undefined,
    milliseconds: 0,
    outcome: { kind: 'rejected', text, diagnostics: messages.map((message) => diagnostic(message)) },
  };
}

const accepted = (step: Attempt['step'], text: string): Attempt => ({
  step,
  usage: undefined,
  milliseconds: 0,
  outcome: { kind: 'accepted', text },
});
const truncated = (step: Attempt['step']): Attempt => ({
  step,
  usage: undefined,
  milliseconds: 0,
  outcome: { kind: 'unusable', reason: 'truncated', message: 'Cut.', answer: 'def' },
});
const failed: Attempt = {
  step: 'first',
  usage: undefined,
  milliseconds: 0,
  outcome: { kind: 'failed', failure: { kind: 'unauthorised', message: 'Key.' } },
};

test.each<[string, readonly Attempt[], object]>([
  ['nothing yet', [], { kind: 'ask' }],
  ['accepted', [accepted('first', 'a')], { kind: 'accept', text: 'a' }],
  ['a fault: mend it', [rejected('first', 'a', 'x', 'y')], { kind: 'repair', text: 'a', diagnostics: [diagnostic('x'), diagnostic('y')] }],
  [
    'fewer faults: mend what is left',
    [rejected('first', 'a', 'x', 'y'), rejected('repair', 'b', 'y')],
    { kind: 'repair', text: 'b', diagnostics: [diagnostic('y')] },
  ],
  [
    'a new fault: mend the earlier text',
    [rejected('first', 'a', 'x', 'y'), rejected('repair', 'b', 'z')],
    { kind: 'repair', text: 'a', diagnostics: [diagnostic('x'), diagnostic('y')] },
  ],
  [
    'two repairs in vain',
    [rejected('first', 'a', 'x', 'y', 'z'), rejected('repair', 'b', 'x', 'y'), rejected('repair', 'c', 'y')],
    { kind: 'fresh', hint: undefined },
  ],
  [
    'the same faults twice',
    [rejected('first', 'a', 'x in line 3'), rejected('repair', 'b', 'x in line 7')],
    { kind: 'fresh', hint: undefined },
  ],
  ['the same text twice', [rejected('first', 'a', 'x'), rejected('repair', 'a', 'y')], { kind: 'fresh', hint: undefined }],
  [
    'a fresh try is mended, too',
    [rejected('first', 'a', 'x'), rejected('repair', 'a', 'x'), rejected('fresh', 'c', 'z')],
    { kind: 'repair', text: 'c', diagnostics: [diagnostic('z')] },
  ],
  [
    'the fresh try in vain',
    [rejected('first', 'a', 'x'), rejected('repair', 'a', 'x'), rejected('fresh', 'c', 'z'), rejected('repair', 'd', 'z')],
    { kind: 'give-up', why: 'the same faults came twice' },
  ],
  [
    'cut off',
    [truncated('first')],
    { kind: 'fresh', hint: 'Cut. Write the file shorter: no long docstrings, no comments that repeat the code.' },
  ],
  ['cut off again', [truncated('first'), truncated('fresh')], { kind: 'give-up', why: 'Cut.' }],
  [
    'a repair that is cut off',
    [rejected('first', 'a', 'x'), truncated('repair')],
    { kind: 'fresh', hint: expect.stringContaining('shorter') },
  ],
  ['the provider failed', [failed], { kind: 'give-up', why: 'Key.' }],
])('%s', (_name, attempts, step) => {
  expect(decideNextStep(attempts)).toEqual(step);
});

test('no history goes on for ever: at most two rounds of three', () => {
  const attempts: Attempt[] = [];
  for (let round = 0; ; round += 1) {
    const step = decideNextStep(attempts);
    if (step.kind === 'give-up') break;
    const kind = step.kind === 'ask' ? 'first' : step.kind === 'fresh' ? 'fresh' : 'repair';
    attempts.push(rejected(kind, `text ${round}`, ...Array.from({ length: 9 - round }, (_, index) => `fault ${index}`)));
  }
  expect(attempts.map(({ step }) => step)).toEqual(['first', 'repair', 'repair', 'fresh', 'repair', 'repair']);
});
