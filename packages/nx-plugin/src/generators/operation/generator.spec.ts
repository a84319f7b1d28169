import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { afterEach, expect, test, vi } from 'vitest';
import { diskWorkspace } from '../../testing/disk-workspace';
import { refusalOf } from '../../testing/refusal-of';
import { changedBetween, exampleSpec, serviceWorkspace, textsOf } from '../../testing/service-workspace';
import { shownText } from '../../testing/shown-text';
import entitySchema from '../entity/schema.json';
import { projectGenerator } from '../project/generator';
import projectSchema from '../project/schema.json';
import { operationGenerator } from './generator';
import type { OperationGeneratorSchema } from './schema';
import operationSchema from './schema.json';

const todo = exampleSpec('todo');
const asked: OperationGeneratorSchema = {
  name: 'finish-task',
  project: 'todo',
  entity: 'task',
  describe: 'Sets done, once.',
  input: 'note: string(1..80)',
  output: 'Task',
  errors: '409: it is done already',
  skipInstall: true,
};
const finishLines = [
  'operations:',
  '  finish_task:',
  '    route: POST /tasks/{task_id}/finish',
  '    access: owner',
  '    input:',
  '      note: string(1..80)',
  '    output: Task',
  '    errors:',
  '      409: it is done already',
  '    describe: Sets done, once.',
  '    examples:',
  '      - name: finish task, the usual case',
  '        given:',
  '          ann: { User: {} }',
  '          task: { Task: { user: $ann } }',
  '        when: { as: $ann, path: { task_id: $task.id }, body: { note: note a } }',
  '        then: { status: 200 }',
  '',
].join('\n');

/** Adds and gives what was shown. */
async function add(tree: Tree, options: Partial<OperationGeneratorSchema> = {}): Promise<string> {
  const shown = shownText();
  await operationGenerator(tree, { ...asked, ...options });
  return shown();
}

afterEach(() => vi.unstubAllEnvs());

test('the spec has the operation, and the service its route, its function to write and its test', async () => {
  const tree = await serviceWorkspace({ todo });
  const before = textsOf(tree);
  const shown = await add(tree);
  expect(tree.read('apps/todo/service.yaml', 'utf-8')).toBe(todo + finishLines);
  const changed = changedBetween(before, textsOf(tree));
  const isBase = (file: string): boolean => file.startsWith('apps/todo/.fastapi/base/');
  expect(changed.filter((file) => !isBase(file))).toEqual([
    'apps/todo/.fastapi/manifest.jsonl',
    'apps/todo/AGENTS.md',
    'apps/todo/README.md',
    'apps/todo/app/core/errors.py',
    'apps/todo/app/repositories/task.py',
    'apps/todo/app/routers/task.py',
    'apps/todo/app/schemas/finish_task.py',
    'apps/todo/app/services/_unimplemented.py',
    'apps/todo/app/services/finish_task.py',
    'apps/todo/service.yaml',
    'apps/todo/tests/support.py',
    'apps/todo/tests/test_access.py',
    'apps/todo/tests/test_operation_finish_task.py',
  ]);
  const kept = changed.filter((file) => !isBase(file) && !file.endsWith('.jsonl') && !file.endsWith('service.yaml'));
  expect(changed.filter(isBase)).toEqual(kept.map((file) => `apps/todo/.fastapi/base/${file.slice('apps/todo/'.length)}.base`));
  expect(shown).toContain('  to do: finish_task answers 501 until you write app/services/finish_task.py (1 example as tests)');
  expect(shown).toContain('  next: nx run todo:migrate, nx run todo:serve; ');
  const added = textsOf(tree);
  await projectGenerator(tree, { directory: 'apps/todo', skipInstall: true });
  expect(textsOf(tree)).toEqual(added);
});

test('in the folder of a service it need not be named', async () => {
  const disk = diskWorkspace();
  disk.flush(await serviceWorkspace({ todo, tasks: todo.replace('service: todo', 'service: tasks') }));
  vi.stubEnv('INIT_CWD', join(disk.root, 'apps/todo/app/models'));
  const tree = disk.openTree();
  await add(tree, { project: undefined });
  expect(tree.read('apps/todo/service.yaml', 'utf-8')).toBe(todo + finishLines);
  expect(tree.listChanges().filter(({ path }) => path.startsWith('apps/tasks/'))).toEqual([]);
});

test('without an example there is no test', async () => {
  const tree = await serviceWorkspace({ todo });
  await add(tree, { example: false, input: undefined, _: ['note: string(1..80)'] });
  expect(tree.read('apps/todo/service.yaml', 'utf-8')).toBe(`${todo}${finishLines.slice(0, finishLines.indexOf('    examples:'))}`);
  expect(tree.exists('apps/todo/tests/test_operation_finish_task.py')).toBe(false);
});

test('added again, it changes nothing; what is wrong is said with what was typed', async () => {
  const tree = await serviceWorkspace({ todo });
  await add(tree);
  expect(await add(tree)).toBe('\napps/todo/service.yaml has finish_task already, with the same content: there is nothing to do.\n');
  const wrong = { ...asked, name: 'archive', entity: 'tsk', output: '[' };
  expect(await refusalOf(tree, () => operationGenerator(tree, wrong))).toBe(
    [
      'archive cannot be added to apps/todo/service.yaml:',
      '  --entity tsk',
      '    the spec has no entity "Tsk".',
      '    name one of: User, Task',
      '  [',
      '    this cannot be read as YAML: Flow sequence must end with a ].',
      '    write "Order", "[Order]" or "{ order: Order, total: int }"',
      'Nothing was written.',
    ].join('\n'),
  );
});

test('the options of a run are the same for all generators that make a service', () => {
  const { directory, spec, name, ...run } = projectSchema.properties;
  expect([directory, spec, name]).not.toContain(undefined);
  for (const { properties } of [entitySchema, operationSchema]) expect(properties).toMatchObject(run);
});
