import type { Diagnostic } from '@org/validator';
import { describe, expect, test } from 'vitest';
import type { Attempt } from '../attempt/attempt';
import { diagnosticAt } from '../gate/diagnostic-at';
import { formatKnowledge, readKnowledge } from './knowledge-file';
import { learnLessons } from './learn-lessons';
import type { Lesson } from './lesson';
import { lessonsFor } from './lessons-for';
import { mergeLessons, MOST_LESSONS } from './merge-lessons';

const fault = (message: string): Diagnostic => diagnosticAt('app/a.py', 3, 'unknown-symbol', message);
const rejected = (step: Attempt['step'], text: string, ...messages: readonly string[]): Attempt => ({
  step,
  usage: undefined,
  milliseconds: 0,
  outcome: { kind: 'rejected', text, diagnostics: messages.map(fault) },
});
const accepted = (step: Attempt['step'], text: string): Attempt => ({
  step,
  usage: undefined,
  milliseconds: 0,
  outcome: { kind: 'accepted', text },
});
const learn = (kind: 'accepted' | 'given-up', ...attempts: readonly Attempt[]): readonly Lesson[] =>
  learnLessons({ role: 'model', model: 'm', written: kind === 'accepted' ? { kind, text: '', attempts } : { kind, why: '', attempts } });
const lesson = (message: string, seen = 1): Lesson => ({
  role: 'model',
  rule: 'unknown-symbol',
  message,
  before: ['import X'],
  after: ['import Y'],
  model: 'm',
  seen,
});

describe('what a file teaches', () => {
  test('each fault that a repair left behind, with the lines that changed', () => {
    const attempts = [
      rejected('first', 'import X\nimport Z\nsame = 1\n', 'No `X`.', 'No `Z`.'),
      rejected('repair', 'import Y\nimport Z\nsame = 1\n', 'No `Z`.'),
      accepted('repair', 'import Y\nsame = 1\n'),
    ];
    expect(learn('accepted', ...attempts)).toEqual([lesson('No `X`.'), { ...lesson('No `Z`.'), before: ['import Z'], after: [] }]);
  });

  test('nothing, when it was right at once, written afresh, or given up', () => {
    expect([
      ...learn('accepted', accepted('first', 'a = 1\n')),
      ...learn('accepted', rejected('first', 'a\n', 'No.'), accepted('fresh', 'b\n')),
      ...learn('given-up', rejected('first', 'a\n', 'No.'), rejected('repair', 'b\n', 'Yes.')),
    ]).toEqual([]);
  });
});

test('the same again counts, and the file is the same whatever the order', () => {
  const [one, two] = [lesson('a'), lesson('b')];
  expect(mergeLessons([one], [two, one])).toEqual([lesson('a', 2), two]);
  expect(formatKnowledge(mergeLessons([one], [two]))).toBe(formatKnowledge(mergeLessons([two], [one])));
});

test('when there are too many, those seen least go', () => {
  const many = Array.from({ length: MOST_LESSONS + 5 }, (_, index) => lesson(String(index).padStart(3, '0'), index + 1));
  expect(mergeLessons([], many)).toEqual(many.slice(5));
});

test('a prompt gets those of its kind, most often seen first, five at most and no more than fit', () => {
  const own = Array.from({ length: 7 }, (_, index) => lesson(`fault ${index}`, index + 1));
  const other = { ...lesson('other', 99), role: 'schema' };
  const shown = lessonsFor({ role: 'model' }, [...own, other]);
  expect(shown).toEqual([6, 5, 4, 3, 2].map((index) => `unknown-symbol: fault ${index} Was: \`import X\`. Mended by: \`import Y\`.`));
  expect(lessonsFor({ role: 'model' }, [lesson('x'.repeat(5000))])).toEqual([]);
});

test('what was written is read', () => {
  expect(readKnowledge(formatKnowledge([lesson('a')]), 'k.json')).toEqual([lesson('a')]);
  expect(readKnowledge(undefined, 'k.json')).toEqual([]);
});
