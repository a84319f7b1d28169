import { addProjectConfiguration, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeUv } from '../../testing/fake-uv';
import { refusalOf } from '../../testing/refusal-of';
import { changedBetween, exampleSpec, serviceWorkspace, textsOf } from '../../testing/service-workspace';
import { shownText } from '../../testing/shown-text';
import { projectGenerator } from '../project/generator';
import { entityGenerator } from './generator';
import type { EntityGeneratorSchema } from './schema';

const todo = exampleSpec('todo');
const asked: EntityGeneratorSchema = {
  name: 'label',
  project: 'todo',
  fields: 'name: string(1..40) sort, user: belongs_to User on_delete=cascade, tasks: many_to_many Task',
  owner: 'user',
  skipInstall: true,
};
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

/** Adds and gives what was shown. */
async function add(tree: Tree, options: Partial<EntityGeneratorSchema> = {}): Promise<string> {
  const shown = shownText();
  await entityGenerator(tree, { ...asked, ...options });
  return shown();
}

const refusal = (tree: Tree, options: Partial<EntityGeneratorSchema> = {}) =>
  refusalOf(tree, () => entityGenerator(tree, { ...asked, ...options }));

afterEach(() => vi.unstubAllEnvs());

test('the spec has the entity at its end, and the service is what the project generator makes of it', async () => {
  const tree = await serviceWorkspace({ todo });
  const before = textsOf(tree);
  const shown = await add(tree);
  expect(tree.read('apps/todo/service.yaml', 'utf-8')).toBe(todo + labelLines);
  expect(changedBetween(before, textsOf(tree))).toEqual(
    expect.arrayContaining([
      'apps/todo/app/models/label.py',
      'apps/todo/app/models/task.py',
      'apps/todo/app/main.py',
      'apps/todo/service.yaml',
    ]),
  );
  expect(before.get('apps/todo/alembic/versions/0001_initial.py')).toBe(tree.read('apps/todo/alembic/versions/0001_initial.py', 'utf-8'));
  expect(shown).toContain(`apps/todo/service.yaml: Label added\n${labelLines}`);
  expect(shown).toContain(
    '  migration: alembic/versions/0002_add_labels.py: Add labels and label_tasks.\n  next: nx run todo:migrate, nx run todo:serve; ',
  );
  expect(tree.exists('apps/todo/alembic/versions/0002_add_labels.py')).toBe(true);
  const added = textsOf(tree);
  await projectGenerator(tree, { directory: 'apps/todo', skipInstall: true });
  expect(textsOf(tree)).toEqual(added);
});

test('fields may stand behind the name, each an argument of its own', async () => {
  const tree = await serviceWorkspace({ todo });
  await add(tree, { fields: 'name: string(1..40) sort', _: ['user: belongs_to User on_delete=cascade', 'tasks: many_to_many Task'] });
  expect(tree.read('apps/todo/service.yaml', 'utf-8')).toBe(todo + labelLines);
});

test('added again, it changes nothing; with other content it is refused', async () => {
  const tree = await serviceWorkspace({ todo });
  await add(tree);
  const before = textsOf(tree);
  expect(await add(tree)).toBe('\napps/todo/service.yaml has Label already, with the same content: there is nothing to do.\n');
  expect(textsOf(tree)).toEqual(before);
  expect(await refusal(tree, { access: 'public' })).toBe(
    'apps/todo/service.yaml has Label under "entities" already, with other content, and this command changes nothing that is there. ' +
      'Edit it in apps/todo/service.yaml, then run: nx run todo:generate',
  );
});

test('what is wrong is said with what was typed, and nothing is written', async () => {
  const tree = await serviceWorkspace({ todo });
  expect(await refusal(tree, { fields: 'name: varchar, task: belongs_to Tsk', owner: '' })).toBe(
    [
      'Label cannot be added to apps/todo/service.yaml:',
      '  name: varchar',
      '    "varchar" is not a type.',
      '    did you mean "string"?',
      '  task: belongs_to Tsk',
      '    there is no entity "Tsk".',
      '    did you mean "Task"?',
      'Nothing was written.',
    ].join('\n'),
  );
});

test('a spec with faults of its own is shown with its places', async () => {
  const tree = await serviceWorkspace({ todo });
  tree.write('apps/todo/service.yaml', todo.replace('bool = false', 'boolean'));
  expect(await refusal(tree)).toBe(
    [
      'apps/todo/service.yaml:11:51  entities.Task.fields.done: "boolean" is not a type.',
      '    did you mean "bool"?',
      '1 fault in the spec.',
      'Nothing was added: mend the spec first.',
    ].join('\n'),
  );
});

test('an edit of the user and what the entity brings into the file come together', async () => {
  const tree = await serviceWorkspace({ todo });
  const path = 'apps/todo/app/models/task.py';
  tree.write(path, tree.read(path, 'utf-8')!.replace('__tablename__ = "tasks"', '__tablename__ = "tasks"  # mine'));
  expect(await add(tree)).toContain('  merged: your edits and what is new:\n    app/models/task.py\n');
  const text = tree.read(path, 'utf-8')!;
  expect(text).toContain('labels: Mapped[list["Label"]] = relationship(');
  expect(text).toContain('    __tablename__ = "tasks"  # mine\n');
});

test('a spec that the user has edited since the last run is no edited file, with a byte order mark or without', async () => {
  for (const mark of ['', '\ufeff']) {
    const tree = await serviceWorkspace({ todo });
    const edited =
      mark + todo.replace('done: bool = false filter', 'done: bool = false filter, note: string(1..50)?').replaceAll('\n', '\r\n');
    tree.write('apps/todo/service.yaml', edited);
    await add(tree);
    expect(tree.read('apps/todo/service.yaml', 'utf-8')).toBe(edited + labelLines.replaceAll('\n', '\r\n'));
    expect(tree.read('apps/todo/app/models/task.py', 'utf-8')).toContain('note');
    const added = textsOf(tree);
    await projectGenerator(tree, { directory: 'apps/todo', skipInstall: true });
    expect(textsOf(tree)).toEqual(added);
  }
});

test('a dry run shows the lines and the plan, and asks for no uv', async () => {
  const tree = await serviceWorkspace({ todo });
  vi.stubEnv('NX_DRY_RUN', 'true');
  vi.stubEnv('PATH', '');
  const shown = await add(tree, { skipInstall: false });
  expect(shown).toContain(`apps/todo/service.yaml: Label added\n${labelLines}`);
  expect(shown).toMatch(/^\d+ files in \d+ batches, dependencies first$/m);
});

test('what is installed already is not installed again', async () => {
  const tree = await serviceWorkspace({ todo });
  const calls = fakeUv({ lock: 'exit 1' });
  tree.write('apps/todo/uv.lock', '');
  const finish = await entityGenerator(tree, { ...asked, skipInstall: false });
  await finish();
  expect(calls()).toEqual(['']);
});

test('the service may be named by its folder, and need not be named where there is only one', async () => {
  for (const project of ['apps/todo', undefined]) {
    const tree = await serviceWorkspace({ todo });
    await add(tree, { project });
    expect(tree.read('apps/todo/service.yaml', 'utf-8')).toBe(todo + labelLines);
  }
});

test('a service that cannot be found', async () => {
  const empty = createTreeWithEmptyWorkspace({ formatter: 'none' });
  expect(await refusal(empty, { project: undefined })).toBe(
    'There is no service in this workspace yet. Make one first: nx g @org/fastapi:project apps/shop --spec shop.yaml',
  );
  const tree = await serviceWorkspace({ todo, tasks: todo.replace('service: todo', 'service: tasks') });
  addProjectConfiguration(tree, 'web', { root: 'apps/web' });
  expect(await refusal(tree, { project: undefined })).toBe(
    'Which service is meant? Name it with --project, or run the command in its folder. There are: tasks (apps/tasks), todo (apps/todo).',
  );
  expect(await refusal(tree, { project: 'shop' })).toBe(
    'There is no service "shop" in this workspace. Name one of these with --project: tasks (apps/tasks), todo (apps/todo).',
  );
  expect(await refusal(tree, { project: 'web' })).toBe(
    'The project "web" in apps/web is not made from a spec: there is no apps/web/service.yaml that a service was made from. ' +
      'Name one of these with --project: tasks (apps/tasks), todo (apps/todo).',
  );
});
