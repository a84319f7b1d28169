import { expect, test } from 'vitest';
import { mapChanged } from './map-changed';

test.each([
  [['a', 'b', 'c'], ['a', 'x', 'c'], ['x']],
  [
    ['a', 'b', 'c'],
    ['a', 'b', 'c', 'd', 'e'],
    ['d', 'e'],
  ],
  [['a', 'b', 'c'], ['c'], []],
  [['a', 'b'], ['x', 'a', 'b'], ['x']],
  [[], ['a'], ['a']],
  [['a', 'b'], ['a', 'b'], []],
])('of %j to %j only %j is made', (before, after, looked) => {
  const made: string[] = [];
  const make = (item: string): string => (made.push(item), item.toUpperCase());
  const known = mapChanged(undefined, before, make);
  made.length = 0;
  expect(mapChanged(known, after, make)).toEqual({ items: after, values: after.map((item) => item.toUpperCase()) });
  expect(made).toEqual(looked);
});
