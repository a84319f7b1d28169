import type { Tree } from '@nx/devkit';
import { expect, test } from 'vitest';
import { refusalOf } from '../../testing/refusal-of';
import { changedBetween, exampleSpec, serviceWorkspace, textsOf } from '../../testing/service-workspace';
import { shownText } from '../../testing/shown-text';
import { projectGenerator } from './generator';
import type { ProjectGeneratorSchema } from './schema';

const todo = exampleSpec('todo');

function changeSpec(tree: Tree, from: string, to: string): void {
  const text = tree.read('apps/todo/service.yaml', 'utf-8') ?? '';
  expect(text).toContain(from);
  tree.write('apps/todo/service.yaml', text.replace(from, to));
}

const run = (tree: Tree, options: Partial<ProjectGeneratorSchema> = {}) =>
  projectGenerator(tree, { directory: 'apps/todo', skipInstall: true, ...options });

async function shownBy(work: () => Promise<unknown>): Promise<string> {
  const shown = shownText();
  await work();
  return shown();
}

test('a changed table is one more migration, said in the report, and running again adds none', async () => {
  const tree = await serviceWorkspace({ todo });
  const before = textsOf(tree);
  changeSpec(tree, 'done: bool = false filter', 'finished: bool = false filter was=done');
  const shown = await shownBy(() => run(tree));
  const path = 'alembic/versions/0002_rename_tasks_done.py';
  expect(shown).toContain(`  migration: ${path}: Rename tasks.done to finished.\n`);
  const after = textsOf(tree);
  const changed = changedBetween(before, after).filter((file) => /alembic|\.fastapi\/tables/.test(file));
  expect(changed).toEqual(['apps/todo/.fastapi/tables/tasks.json', `apps/todo/${path}`]);
  expect(after.get(`apps/todo/${path}`)).toContain('revision = "0002_rename_tasks_done"\ndown_revision = "0001"\n');
  await shownBy(() => run(tree));
  expect(textsOf(tree)).toEqual(after);
});

test('what would be lost is said before anything is written, with the words that agree to it', async () => {
  const tree = await serviceWorkspace({ todo });
  changeSpec(tree, 'done: bool = false filter', 'urgency: int');
  expect(await refusalOf(tree, () => run(tree))).toBe(
    [
      'Nothing was written to apps/todo, because the spec changes tables in a way that needs your word:',
      '  Task.done: the column tasks.done would be lost. If it only has another name now, say so in the spec with "was".',
      '  Task.urgency: the column tasks.urgency is required, and rows that are there have no value. Add a default, or backfill=VALUE (backfill=none where no row lacks one).',
      'To agree to what is lost, add: --drop Task.done',
      'Or write the migration yourself: run with --migration none, then `uv run alembic revision --autogenerate`.',
    ].join('\n'),
  );
  changeSpec(tree, 'urgency: int', 'urgency: int backfill=1');
  const shown = await shownBy(() => run(tree, { drop: ['Task.done'] }));
  expect(shown).toContain('  migration: alembic/versions/0002_add_tasks_urgency_and_more.py: Add tasks.urgency; drop tasks.done.\n');
  expect(shown).toContain('    when it is taken back: tasks.done comes back empty and optional\n');
});

test('who writes the migration is told the command, and is not asked again', async () => {
  const tree = await serviceWorkspace({ todo });
  changeSpec(tree, 'done: bool = false filter', 'urgency: int');
  const shown = await shownBy(() => run(tree, { migration: 'none' }));
  expect(shown).toContain(
    '  migration: left to you; the tables are taken to be as the spec says. Add tasks.urgency; drop tasks.done.\n' +
      '  next: cd apps/todo && uv run alembic upgrade head && uv run alembic revision --autogenerate -m "…", nx run todo:migrate, ',
  );
  expect(tree.children('apps/todo/alembic/versions')).toEqual(['0001_initial.py']);
  expect(await shownBy(() => run(tree))).not.toContain('migration:');
});

test('two last migrations are named with the command that joins them', async () => {
  const tree = await serviceWorkspace({ todo });
  for (const name of ['a', 'b']) tree.write(`apps/todo/alembic/versions/${name}.py`, `revision = "${name}"\ndown_revision = "0001"\n`);
  changeSpec(tree, 'done: bool = false filter', 'done: bool = false filter, note: text?');
  expect(await refusalOf(tree, () => run(tree))).toBe(
    [
      'Nothing was written to apps/todo, because two migrations come last there, and the next one can follow only one:',
      '  alembic/versions/a.py',
      '  alembic/versions/b.py',
      'What to do: cd apps/todo && uv run alembic merge heads -m "merge", and run again.',
    ].join('\n'),
  );
});

test('a service from before tables were recorded goes on from where it is', async () => {
  const tree = await serviceWorkspace({ todo });
  for (const name of tree.children('apps/todo/.fastapi/tables')) tree.delete(`apps/todo/.fastapi/tables/${name}`);
  expect(await shownBy(() => run(tree))).not.toContain('migration:');
  for (const name of tree.children('apps/todo/.fastapi/tables')) tree.delete(`apps/todo/.fastapi/tables/${name}`);
  changeSpec(tree, 'done: bool = false filter', 'done: bool = false filter, note: text?');
  expect(await shownBy(() => run(tree))).toContain(
    '  migration: none written, as there was no record of the tables; there is one from now on.\n',
  );
  expect(tree.children('apps/todo/alembic/versions')).toEqual(['0001_initial.py']);
});

test('who deletes all migrations gets a first one again', async () => {
  const tree = await serviceWorkspace({ todo });
  const first = tree.read('apps/todo/alembic/versions/0001_initial.py', 'utf-8');
  tree.delete('apps/todo/alembic/versions');
  changeSpec(tree, 'done: bool = false filter', 'done: bool = false filter, note: text?');
  await shownBy(() => run(tree));
  const again = tree.read('apps/todo/alembic/versions/0001_initial.py', 'utf-8');
  expect(again).not.toBe(first);
  expect(again).toContain('sa.Column("note", sa.Text(), nullable=True)');
  expect(tree.children('apps/todo/alembic/versions')).toEqual(['0001_initial.py']);
});
