import { expect, test } from 'vitest';
import { mergeTexts } from './merge-texts';

const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const base = text('import a', '', 'def f():', '    return 1', '', 'def g():', '    return 2');

test('edits in different places come together', () => {
  const theirs = base.replace('return 1', 'return 11');
  const ours = base.replace('return 2', 'return 22');
  expect(mergeTexts({ base, theirs, ours })).toEqual({
    kind: 'clean',
    text: text('import a', '', 'def f():', '    return 11', '', 'def g():', '    return 22'),
  });
});

test('the same edit on both sides is one', () => {
  const edited = base.replace('return 1', 'return 11');
  expect(mergeTexts({ base, theirs: edited, ours: edited })).toEqual({ kind: 'clean', text: edited });
});

test('edits of the same lines are marked, as short as can be', () => {
  const theirs = base.replace('    return 1\n', '    x = 1\n    return x\n');
  const ours = base.replace('    return 1\n', '    x = 1\n    return 10\n');
  expect(mergeTexts({ base, theirs, ours })).toEqual({
    kind: 'conflict',
    marked: text(
      'import a',
      '',
      'def f():',
      '    x = 1',
      '<<<<<<< yours',
      '    return x',
      '=======',
      '    return 10',
      '>>>>>>> generated',
      '',
      'def g():',
      '    return 2',
    ),
  });
});

test('a change that can be told in two ways is a conflict when the other side changed something there', () => {
  const lines = { base: text('a', '', '', 'b'), theirs: text('a', '', 'b'), ours: text('a', '', 'x', '', 'b') };
  expect(mergeTexts(lines).kind).toBe('conflict');
});

test('texts with too many equal lines are not searched', () => {
  const many = text(...Array<string>(3000).fill('same'));
  const theirs = `${many}mine\n`;
  expect(mergeTexts({ base: many, theirs, ours: `new\n${many}` })).toEqual({
    kind: 'conflict',
    marked: `<<<<<<< yours\n${theirs}=======\nnew\n${many}>>>>>>> generated\n`,
  });
});
