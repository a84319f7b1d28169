import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectRefusal,
  expectSuccess,
  generate,
  generateFrom,
  nx,
  read,
  readTree,
  remove,
  uvRun,
  write,
  writeOperations,
} from './set-up/user';

const model = 'apps/bookstore/app/models/book.py';
const router = 'apps/bookstore/app/routers/book.py';
const spec = 'apps/bookstore/service.yaml';
const template = 'node_modules/@org/generator-core/templates/app/routers/[entity].py.jinja';

/** What a team does with a service over the months. Each test goes on where the one before has ended. */
describe('the story of the bookstore', () => {
  let shipped = '';
  beforeAll(async () => {
    shipped = read(template);
    expectSuccess(await generate('bookstore', 'bookstore'));
  });
  afterAll(() => write(template, shipped));

  test('run again, nothing is made and every byte stays', async () => {
    const before = readTree('apps/bookstore');
    const result = await nx('run', 'bookstore:generate');
    expectSuccess(result);
    expect(result.output).toMatch(/bookstore: 0 files written, .*\n +made 0 of \d+;/);
    expect(readTree('apps/bookstore')).toEqual(before);
  });

  test('a service and a router are edited by hand, which leaves them in step with the spec', async () => {
    writeOperations('bookstore');
    replaceIn(router, '"""One page of books."""', '"""One page of books. Ours: the shops show it as it comes."""');
    replaceIn(model, 'stock: Mapped[int] = mapped_column(default=0)', 'stock: Mapped[int] = mapped_column(default=0)  # Counted by hand.');
    expectSuccess(await nx('run', 'bookstore:generate', '--check'));
  });

  test('an entity and an operation come, and the edits stay', async () => {
    const operation = [
      'restock',
      '--describe',
      'Adds to the stock of a book.',
      '--route',
      'POST /books/{book_id}/restock',
      '--access',
      'staff',
    ];
    expectSuccess(
      await nx(
        'g',
        '@org/fastapi:entity',
        'publisher',
        'name: string(1..120) unique sort',
        '--access',
        'read: public, write: staff',
        '--project',
        'bookstore',
      ),
    );
    expectSuccess(
      await nx('g', '@org/fastapi:operation', ...operation, '--input', 'amount: int min=1', '--output', 'Book', '--project', 'bookstore'),
    );
    expect(read(router)).toContain('restock');
    expectEdits();
  });

  test('the spec is changed: a check fails with what is out of step, and writes nothing', async () => {
    replaceIn(spec, 'stock: int min=0 = 0', 'stock: int min=0 = 1');
    replaceIn(spec, '      cost: decimal', '      subtitle: string(1..200)?\n      cost: decimal');
    const before = readTree('apps/bookstore');
    expectRefusal(
      await nx('run', 'bookstore:generate', '--check'),
      /changed +app\/schemas\/book\.py\n(.*\n)*bookstore has a conflict to be settled:\n +app\/models\/book\.py\n/,
    );
    expect(readTree('apps/bookstore')).toEqual(before);
  });

  test('where both changed the same line it is a conflict: the file stays, both texts stand beside it, all else is written', async () => {
    expectRefusal(await nx('run', 'bookstore:generate'), /app\/models\/book\.py, with app\/models\/book\.py\.merge beside it/);
    expect(read(`${model}.merge`)).toMatch(/<<<<<<< yours\n.*Counted by hand\.\n=======\n.*default=1\)\n(.*\n)*?>>>>>>> generated/);
    expect(read('apps/bookstore/app/schemas/book.py')).toContain('subtitle');
    expectEdits();
  });

  test('it is settled by a file with what is wanted, and by removing the merge', async () => {
    write(model, read(`${model}.generated`).replace('mapped_column(default=1)', 'mapped_column(default=1)  # Counted by hand.'));
    remove(`${model}.merge`);
    expectSuccess(await nx('run', 'bookstore:generate'));
    expectSuccess(await nx('run', 'bookstore:generate', '--check'));
  });

  test('the plugin is upgraded: what comes of the changed template is merged with the edits, and only that is made', async () => {
    // The file is shared with other workspaces by a hard link, and is to be another in this one only.
    remove(template);
    write(template, shipped.replace('"""Routes of', '"""The routes of'));
    const check = await nx('run', 'bookstore:generate', '--check', '--explain');
    expectRefusal(check, /made +app\/routers\/book\.py: its template or its prompt is another/);
    expect(check.output).toContain('kept  app/models/book.py: it would be made from the same as before');
    expectSuccess(await nx('run-many', '-t', 'generate'));
    expect(read(router)).toMatch(/^"""The routes of books\."""/);
  });

  test('all files are made anew when that is asked for, by a word that run-many leaves to the services', async () => {
    const anew = await nx('run-many', '-t', 'generate', '--anew', '--explain', '--outputStyle=static');
    expectSuccess(anew);
    expect(anew.output).toContain('made  app/core/config.py: all files are made again');
    expectEdits();
  });

  test('all is green, and every edit is there', async () => {
    expectEdits();
    expectSuccess(await nx('run-many', '-t', 'validate', 'typecheck', 'lint', 'test', '--projects', 'bookstore'));
  });
});

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
});

function replaceIn(path: string, old: string, fresh: string): void {
  const text = read(path);
  expect(text, `${path} has not: ${old}`).toContain(old);
  write(
    path,
    text.replace(old, () => fresh),
  );
}

/** What was written by hand is where it was written. */
function expectEdits(): void {
  expect(read(router)).toContain('Ours: the shops show it as it comes.');
  expect(read(model)).toContain('# Counted by hand.');
  expect(read('apps/bookstore/app/services/pay_order.py')).not.toContain('@unimplemented');
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
