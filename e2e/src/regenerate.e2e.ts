import { beforeAll, describe, expect, test } from 'vitest';
import { expectRefusal, expectSuccess, exists, generate, generateFrom, nx, read, readTree, remove, uvRun, write } from './set-up/user';

/** The generator run again over its own work: same bytes, and nothing of the user's is lost. */
describe('generating again', () => {
  beforeAll(async () => expectSuccess(await generate('todo', 'todo')));

  test('gives the same bytes, in place and elsewhere', async () => {
    const first = readTree('apps/todo');
    expect(Object.keys(first).length).toBeGreaterThan(20);
    expectSuccess(await generateFrom('todo', 'todo.yaml'));
    expect(readTree('apps/todo')).toEqual(first);
    remove('apps/todo');
    expectSuccess(await generateFrom('todo', 'todo.yaml'));
    expect(readTree('apps/todo')).toEqual(first);
  });

  test('rewrites what the user has not touched', async () => {
    writeSpecWithNote();
    expectSuccess(await generateFrom('todo', 'todo.yaml'));
    expect(read('apps/todo/app/models/task.py')).toContain('note');
  });

  test('never rewrites a migration; it writes the next one, and the service works with it', async () => {
    expectSuccess(await generate('todo', 'todo'));
    expectSuccess(await uvRun('todo', ['alembic', 'upgrade', 'head']));
    const first = read('apps/todo/alembic/versions/0001_initial.py');
    addLabels();
    expectSuccess(await generateFrom('todo', 'todo.yaml'));
    expect(read('apps/todo/alembic/versions/0001_initial.py')).toBe(first);
    expect(read('apps/todo/alembic/versions/0002_add_labels.py')).toContain('down_revision = "0001"');
    expectSuccess(await uvRun('todo', ['alembic', 'upgrade', 'head']));
    expectSuccess(await uvRun('todo', ['alembic', 'check']));
    expectSuccess(await uvRun('todo', ['pytest', '-q']));
    expectSuccess(await uvRun('todo', ['mypy', '--strict', 'app', 'tests']));
    expectSuccess(await uvRun('todo', ['ruff', 'check', '.']));
    expectSuccess(await uvRun('todo', ['ruff', 'format', '--check', '.']));
  });

  test('drops nothing without a word, and says which', async () => {
    const before = readTree('apps/todo');
    write('todo.yaml', read('todo.yaml').replace(/, color: string\(7\)\?/, ''));
    expectRefusal(await generateFrom('todo', 'todo.yaml'), /add: --drop Label\.color/);
    expect(readTree('apps/todo')).toEqual(before);
    expectSuccess(await nx('g', '@org/fastapi:project', 'apps/todo', '--spec', 'todo.yaml', '--drop', 'Label.color'));
    for (const command of [['upgrade', 'head'], ['check'], ['downgrade', 'base']])
      expectSuccess(await uvRun('todo', ['alembic', ...command]));
  });

  test('refuses by name to write over an edited file, and writes nothing', async () => {
    expectSuccess(await generate('todo', 'todo'));
    write('apps/todo/app/models/task.py', `${read('apps/todo/app/models/task.py')}\n# mine\n`);
    writeSpecWithNote();
    const before = readTree('apps/todo');
    expectRefusal(await generateFrom('todo', 'todo.yaml'), /app\/models\/task\.py/);
    expect(readTree('apps/todo')).toEqual(before);
  });

  test('leaves an edited file alone that it has nothing new for', async () => {
    expectSuccess(await generate('todo', 'todo'));
    const edited = `${read('apps/todo/app/services/auth.py')}\n# mine\n`;
    write('apps/todo/app/services/auth.py', edited);
    expectSuccess(await generateFrom('todo', 'todo.yaml'));
    expect(read('apps/todo/app/services/auth.py')).toBe(edited);
  });

  test('does not bring back what the user has deleted', async () => {
    expectSuccess(await generate('todo', 'todo'));
    remove('apps/todo/.dockerignore');
    expectSuccess(await generateFrom('todo', 'todo.yaml'));
    expect(exists('apps/todo/.dockerignore')).toBe(false);
  });
});

/** One more field in the spec, so that the generator has something new for the model. */
function writeSpecWithNote(): void {
  const changed = read('todo.yaml').replace('done: bool = false filter', 'done: bool = false filter, note: string(0..200)?');
  expect(changed).toContain('note');
  write('todo.yaml', changed);
}

/** An entity more, as a user adds one. */
function addLabels(): void {
  const label = [
    '  Label:',
    '    owner: user',
    '    fields: { name: string(1..40) unique sort, color: string(7)? }',
    '    relations: { user: belongs_to User on_delete=cascade, tasks: many_to_many Task }',
    '    access: { read: owner, write: owner }',
  ];
  write('todo.yaml', [read('todo.yaml').trimEnd(), ...label, ''].join('\n'));
}
