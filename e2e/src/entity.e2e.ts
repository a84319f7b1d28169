import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../tools/setup.mjs';
import { expectRefusal, expectSuccess, generate, nx, read, readTree, uvRun } from './set-up/user';

/** Entities and operations that are added by command: the spec keeps what people wrote, and the service works with them. */
describe('adding to a service', () => {
  const todo = readFileSync(join(root, 'examples/todo.yaml'), 'utf8');
  const label = [
    'label',
    'name: string(1..40) sort',
    'user: belongs_to User on_delete=cascade',
    'tasks: many_to_many Task',
    '--owner',
    'user',
  ];
  const labelLines = [
    '  Label:',
    '    owner: user',
    '    fields:',
    '      name: string(1..40) sort',
    '    relations:',
    '      user: belongs_to User on_delete=cascade',
    '      tasks: many_to_many Task',
    '    access: { read: owner, write: owner }',
    '',
  ].join('\n');

  beforeAll(async () => expectSuccess(await generate('todo', 'todo')));

  test('a dry run shows the lines and writes nothing', async () => {
    const before = readTree('apps/todo');
    const result = await nx('g', '@org/fastapi:entity', ...label, '--project', 'todo', '--dry-run');
    expectSuccess(result);
    expect(result.output).toContain(labelLines);
    expect(readTree('apps/todo')).toEqual(before);
  });

  test('what is wrong is said with what was typed, and nothing is written', async () => {
    const before = readTree('apps/todo');
    const result = await nx('g', '@org/fastapi:entity', 'label', '--fields', 'size: integer, of: belongs_to Task');
    expectRefusal(result, /size: integer\s+"integer" is not a type\.\s+did you mean "int"\?/);
    expect(readTree('apps/todo')).toEqual(before);
  });

  test('an entity and an operation are added, and the service works with them', async () => {
    const added = await nx('g', '@org/fastapi:entity', ...label);
    expectSuccess(added);
    expect(added.output).toContain('migration: alembic/versions/0002_add_labels.py: Add labels and label_tasks.');
    expect(read('apps/todo/service.yaml')).toBe(todo + labelLines);
    const finish = ['finish-task', '--entity', 'task', '--describe', 'Sets done.', '--output', 'Task', '--errors', '409: done already'];
    expectSuccess(await nx('g', '@org/fastapi:operation', ...finish));
    expect(read('apps/todo/service.yaml').startsWith(todo + labelLines)).toBe(true);
    expectSuccess(await nx('run', 'todo:validate'));
    expectSuccess(await uvRun('todo', ['alembic', 'upgrade', 'head']));
    expectSuccess(await uvRun('todo', ['alembic', 'check']));
    const tests = await uvRun('todo', ['pytest', '-q']);
    expectSuccess(tests);
    expect(tests.output).toMatch(/passed, (?:\d+ skipped, )?1 xfailed in /);
  });
});
