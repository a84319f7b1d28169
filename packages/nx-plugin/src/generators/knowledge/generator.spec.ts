import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { formatKnowledge, type Lesson } from '@org/generator-core';
import { expect, test } from 'vitest';
import { knowledgePath } from '../../adapters/state-folder';
import { refusalOf } from '../../testing/refusal-of';
import { shownText } from '../../testing/shown-text';
import { knowledgeGenerator } from './generator';

const lesson = (role: string, rule: string): Lesson => ({
  role,
  rule,
  message: 'No `X`.',
  before: ['import X'],
  after: ['import Y'],
  model: 'm',
  seen: 2,
});
const lessons = [lesson('model', 'unknown-symbol'), lesson('operation-service', 'test-failed')];

function workspace(text: string | undefined = formatKnowledge(lessons)) {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  if (text !== undefined) tree.write(knowledgePath, text);
  return tree;
}

test('listed, those about one rule', async () => {
  const shown = shownText();
  await knowledgeGenerator(workspace(), { rule: 'test-failed' });
  expect(shown()).toContain(
    [
      'operation-service (2 times, last by m)',
      '  test-failed: No `X`. Was: `import X`. Mended by: `import Y`.',
      '1 lesson in .fastapi/knowledge.json',
    ].join('\n'),
  );
});

test('exported', async () => {
  const tree = workspace();
  await knowledgeGenerator(tree, { action: 'export', file: 'lessons.json', role: 'model' });
  expect(tree.read('lessons.json', 'utf-8')).toBe(formatKnowledge([lessons[0]!]));
});

test('cleared, in part and whole', async () => {
  const tree = workspace();
  await knowledgeGenerator(tree, { action: 'clear', rule: 'test-failed' });
  expect(tree.read(knowledgePath, 'utf-8')).toBe(formatKnowledge([lessons[0]!]));
  await knowledgeGenerator(tree, { action: 'clear' });
  expect(tree.exists(knowledgePath)).toBe(false);
});

test('a file that is none of ours is refused, and can be cleared', async () => {
  const tree = workspace('[]');
  expect(await refusalOf(tree, () => knowledgeGenerator(tree, {}))).toBe(
    '.fastapi/knowledge.json is no list of lessons of version 1. Mend it, restore it from version control, or start anew with nx g @org/fastapi:knowledge clear.',
  );
  await knowledgeGenerator(tree, { action: 'clear' });
  expect(tree.exists(knowledgePath)).toBe(false);
});

test('an export without a place is refused', async () => {
  const tree = workspace();
  expect(await refusalOf(tree, () => knowledgeGenerator(tree, { action: 'export' }))).toBe(
    'Where to? Name the file: nx g @org/fastapi:knowledge export --file lessons.json',
  );
});
