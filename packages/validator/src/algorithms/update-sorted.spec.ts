import { expect, test } from 'vitest';
import { updateSorted } from './update-sorted';

test.each([
  [[], ['b', 'a'], [], ['a', 'b']],
  [['b', 'd'], ['e', 'a', 'c'], [], ['a', 'b', 'c', 'd', 'e']],
  [['a', 'b', 'c'], [], ['a', 'c'], ['b']],
  [['a', 'c'], ['b'], ['c'], ['a', 'b']],
  [['a', 'b'], [], ['other'], ['a', 'b']],
])('%j with %j and without %j', (list, come, gone, updated) => {
  expect(updateSorted(list, new Set(come), new Set(gone))).toEqual(updated);
});
