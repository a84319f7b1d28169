import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskGraph } from '@nx/devkit';
import { expect, test } from 'vitest';
import { pythonWorkspace, type PythonWorkspace } from '../../testing/python-workspace';
import { shownText } from '../../testing/shown-text';
import { validateBatch } from './batch-executor';
import { validateExecutor } from './executor';
import type { ValidateExecutorSchema } from './schema';

const good = { 'pyproject.toml': '[project]\nname = "good"\nversion = "0"\n', 'good/__init__.py': 'x = 1\n' };
const bad = { 'pyproject.toml': '[project]\nname = "bad"\nversion = "0"\n', 'bad/__init__.py': 'print(nothing)\n' };

async function run(
  { context, batchOf }: PythonWorkspace,
  { graph = batchOf(), options = {} }: { graph?: TaskGraph; options?: Readonly<Record<string, ValidateExecutorSchema>> } = {},
) {
  const given = Object.fromEntries(Object.keys(graph.tasks).map((id) => [id, { format: 'concise' as const, ...options[id] }]));
  const results = [];
  for await (const { task, result } of validateBatch(graph, given, { format: 'junit' }, context)) {
    const { startTime, endTime, ...rest } = result;
    expect([typeof startTime, endTime >= startTime]).toEqual(['number', true]);
    results.push({ task, ...rest });
  }
  return results;
}

const passed = (name: string) => ({
  task: `${name}:validate`,
  success: true,
  terminalOutput: `${name}: 1 Python file checked, no faults\n`,
});

test('each task has its result, libraries first', async () => {
  const workspace = pythonWorkspace({
    a: { files: good, needs: ['b'] },
    b: { files: good, needs: ['c'] },
    c: { files: good },
  });
  expect(await run(workspace)).toEqual([passed('c'), passed('b'), passed('a')]);
});

test('also with the edges of Nx 24', async () => {
  const workspace = pythonWorkspace({ a: { files: good, needs: ['b'] }, b: { files: good } });
  const graph = workspace.batchOf();
  const dependencies = { 'a:validate': [{ id: 'b:validate' }], 'b:validate': [] } as never;
  expect(await run(workspace, { graph: { ...graph, dependencies } })).toEqual([passed('b'), passed('a')]);
});

test('a project with faults fails alone: others are checked, those that depend on it, too', async () => {
  const workspace = pythonWorkspace({ app: { files: good, needs: ['lib'] }, lib: { files: bad }, other: { files: good } });
  expect(await run(workspace)).toEqual([
    {
      task: 'lib:validate',
      success: false,
      terminalOutput: expect.stringMatching(/^libs\/lib\/bad\/__init__\.py:1:7: .*`nothing`[^\n]*\nlib: 1 Python file checked, 1 fault\n$/),
    },
    passed('app'),
    passed('other'),
  ]);
});

test('a project that cannot be checked at all takes no other with it', async () => {
  const workspace = pythonWorkspace({ gone: { files: {} }, there: { files: good } });
  expect(await run(workspace)).toEqual([
    {
      task: 'gone:validate',
      success: false,
      terminalOutput:
        'libs/gone, the folder of the project "gone", cannot be read: the system says ENOENT. Make it readable, or take the project out of the workspace.\n',
    },
    passed('there'),
  ]);
});

test('a cycle of tasks ends, with a result for each', async () => {
  const workspace = pythonWorkspace({ a: { files: good, needs: ['b'] }, b: { files: good, needs: ['a'] } });
  expect(await run(workspace)).toEqual([passed('b'), passed('a')]);
});

test("what is asked of one task is not asked of the others, nor are the last task's words of the command line", async () => {
  const workspace = pythonWorkspace({ a: { files: good }, b: { files: good } });
  const [first, second] = await run(workspace, { options: { 'a:validate': { format: 'json', rules: '1' } } });
  expect(JSON.parse(first!.terminalOutput)).toMatchObject({ diagnostics: [] });
  expect(second).toEqual(passed('b'));
});

test('says of each project what a run alone says, and writes the same', async () => {
  const projects = { good: { files: good }, bad: { files: bad } };
  const [batch, alone] = [pythonWorkspace(projects), pythonWorkspace(projects)];
  const results = await run(batch);
  for (const projectName of ['bad', 'good']) {
    const shown = shownText();
    const { success } = await validateExecutor({ format: 'concise' }, { ...alone.context, projectName, targetName: 'validate' });
    expect(results.find(({ task }) => task === `${projectName}:validate`)).toMatchObject({ success, terminalOutput: `${shown()}\n` });
    for (const file of ['surface.json', 'validate.sarif']) {
      const path = `libs/${projectName}/.fastapi/${file}`;
      expect(readFileSync(join(batch.root, path), 'utf8')).toBe(readFileSync(join(alone.root, path), 'utf8'));
    }
  }
});

test('only what is in the batch is checked', async () => {
  const workspace = pythonWorkspace({ app: { files: good, needs: ['lib'] }, lib: { files: bad } });
  expect(await run(workspace, { graph: workspace.batchOf('app') })).toEqual([passed('app')]);
  expect(existsSync(join(workspace.root, 'libs/lib/.fastapi'))).toBe(false);
});

test('a result is told before the next task is begun', async () => {
  const workspace = pythonWorkspace({ a: { files: good }, b: { files: good } });
  const told: string[] = [];
  for await (const { task, result } of validateBatch(workspace.batchOf(), {}, {}, workspace.context)) {
    told.push(`${task} ${result.success}`);
    if (task === 'a:validate') writeFileSync(join(workspace.root, 'libs/b/good/__init__.py'), 'print(nothing)\n');
  }
  expect(told).toEqual(['a:validate true', 'b:validate false']);
});
