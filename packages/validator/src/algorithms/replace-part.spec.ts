import { expect, test } from 'vitest';
import { replacePart } from './replace-part';

test.each([
  [0, 0, ['x'], ['x', 'a', 'b', 'c']],
  [1, 2, ['x'], ['a', 'x', 'c']],
  [1, 3, [], ['a']],
  [3, 3, ['x', 'y'], ['a', 'b', 'c', 'x', 'y']],
  [0, 3, ['x', 'y', 'z'], ['x', 'y', 'z']],
])('from %j to %j come %j', (start, end, items, replaced) => {
  const list = ['a', 'b', 'c'];
  expect(replacePart(list, start, end, items)).toEqual(replaced);
  expect(list).toEqual(['a', 'b', 'c']);
});
