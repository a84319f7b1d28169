import { expect, test } from 'vitest';
import { ReadMemo } from './read-memo';
import { RecordedMap } from './recorded-map';

function sums(): { readonly memo: ReadMemo; readonly change: (name: string, value: number) => void; readonly total: () => number } {
  const memo = new ReadMemo();
  const inner = new Map([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);
  const numbers = new RecordedMap(inner, memo);
  const double = (name: string): number => memo.compute(`double\0${name}`, () => 2 * numbers.get(name)!);
  return {
    memo,
    change: (name, value) => {
      inner.set(name, value);
      memo.forget([name]);
    },
    total: () => memo.compute('total\0', () => double('a') + double('b')),
  };
}

test('a value is computed again only when something it read changed', () => {
  const { memo, change, total } = sums();
  expect([total(), memo.computed]).toEqual([6, 3]);
  expect([total(), memo.computed]).toEqual([6, 3]);
  change('c', 30);
  expect([total(), memo.computed]).toEqual([6, 3]);
  change('b', 20);
  expect([total(), memo.computed]).toEqual([42, 5]);
});

test('a stage gives the same list until one of its values is dropped', () => {
  const memo = new ReadMemo();
  const places = ['a', 'b', 'c'];
  const read = (place: string): string => {
    memo.note(place);
    return place.toUpperCase();
  };
  const first = memo.computeAll('upper', places, read);
  expect(memo.computeAll('upper', places, read)).toBe(first);
  memo.forget(['b']);
  expect(memo.computeAll('upper', places, read)).toEqual(['A', 'B', 'C']);
  expect(memo.computed).toBe(4);
  expect(memo.computeAll('upper', ['c', 'd'], read)).toEqual(['C', 'D']);
  expect(memo.computed).toBe(5);
});
