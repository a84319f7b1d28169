import { readNxJson, updateNxJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { expect, test } from 'vitest';
import { UserError } from '../../errors/user-error';
import { readModelSettings } from './model-settings';

function treeWith(options: object): Tree {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  updateNxJson(tree, { ...readNxJson(tree), plugins: [{ plugin: '@org/fastapi', options }] });
  return tree;
}

const defaults = {
  share: 'operations',
  limits: {},
  concurrency: 8,
  timeoutMilliseconds: 900_000,
  prices: {},
  record: undefined,
  acceptFlagged: false,
  allowUnsandboxed: false,
};

test('without a word about it, no model is asked', () => {
  expect(readModelSettings(treeWith({}), {})).toBeUndefined();
});

test('a default in nx.json, which `none` takes back', () => {
  const tree = treeWith({ model: 'gemini', write: 'all', modelPrices: { x: { input: 1, output: 2 } } });
  expect(readModelSettings(tree, {})).toEqual({
    ...defaults,
    choice: 'gemini',
    share: 'all',
    prices: { x: { input: 1, output: 2 } },
  });
  expect(readModelSettings(tree, { model: 'none' })).toBeUndefined();
});

test('the command line comes first', () => {
  const tree = treeWith({ model: 'gemini', write: 'all' });
  const options = {
    model: 'replay:a.json',
    write: 'operations',
    maxCalls: 3,
    maxTokens: 4000,
    maxCost: 0.5,
    maxMinutes: 2,
    concurrency: 2,
    modelTimeout: 3600,
  };
  expect(readModelSettings(tree, { record: 'b.json', acceptFlagged: true, allowUnsandboxed: true, ...options })).toEqual({
    choice: 'replay:a.json',
    share: 'operations',
    limits: { calls: 3, tokens: 4000, cost: 0.5, time: 120_000 },
    concurrency: 2,
    timeoutMilliseconds: 3_600_000,
    prices: {},
    record: 'b.json',
    acceptFlagged: true,
    allowUnsandboxed: true,
  });
});

test.each([
  [{ write: 'some' }, '--write "some" is none of operations, all.'],
  [{ maxCalls: 0 }, '--max-calls 0 is too little: give at least 1.'],
  [{ maxCost: 0 }, '--max-cost 0 is too little: give more than 0.'],
  [{ concurrency: 0 }, '--concurrency 0 is too little: give at least 1.'],
])('%j is refused', (options, message) => {
  expect(() => readModelSettings(treeWith({}), { model: 'gemini', ...options })).toThrow(new UserError(message));
});
