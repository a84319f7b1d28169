import type { TaskGraph } from '@nx/devkit';
import { expect, test } from 'vitest';
import { pythonWorkspace } from '../../testing/python-workspace';
import { findLibraries } from './find-libraries';

const contextOfShop = () =>
  pythonWorkspace({
    shop: { root: 'apps/shop', files: {}, needs: ['text', 'money', 'shop'] },
    money: { files: {}, needs: ['numbers'] },
    text: { files: {} },
    numbers: { files: {} },
  }).context;
const question = { projectName: 'shop', targetName: 'validate' };
const money = { name: 'money', root: 'libs/money' };
const text = { name: 'text', root: 'libs/text' };

test('those that it depends on itself, by name; not packages of npm', () => {
  const context = contextOfShop();
  const dependencies = { ...context.projectGraph.dependencies };
  dependencies['shop'] = [...dependencies['shop']!, { source: 'shop', target: 'npm:nx', type: 'static' }];
  expect(findLibraries({ ...question, context: { ...context, projectGraph: { ...context.projectGraph, dependencies } } })).toEqual([
    money,
    text,
  ]);
});

test.each<[string, Partial<TaskGraph['dependencies']>, unknown]>([
  ['none where the task waits for none, as with --exclude-task-dependencies', { 'shop:validate': [] }, []],
  ['one where the task waits for one', { 'shop:validate': ['text:validate'] }, [text]],
  ['also with the edges of Nx 24', { 'shop:validate': [{ id: 'money:validate' }] as never }, [money]],
])('%s', (_, dependencies, expected) => {
  const context = contextOfShop();
  const taskGraph = { ...context.taskGraph!, dependencies: { ...context.taskGraph!.dependencies, ...dependencies } as never };
  expect(findLibraries({ ...question, context: { ...context, taskGraph } })).toEqual(expected);
});

test('all where there is no graph of tasks', () => {
  const context = contextOfShop();
  expect(findLibraries({ ...question, context: { projectGraph: context.projectGraph } })).toEqual([money, text]);
  expect(findLibraries({ projectName: 'shop', targetName: 'other', context })).toEqual([money, text]);
});
