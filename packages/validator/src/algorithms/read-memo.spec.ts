import { expect, test } from 'vitest';
import { makeRandom } from '../../test/make-random';
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

test('a value that comes out equal stays the same object, and nobody who read it is computed again', () => {
  const memo = new ReadMemo();
  const numbers = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const signs = (place: string): { readonly isPositive: boolean } => {
    memo.note(place);
    return { isPositive: numbers.get(place)! > 0 };
  };
  const words = (place: string): string =>
    memo.compute(`sign\0${place}`, () => signs(place)).isPositive ? `${place} is positive` : `${place} is not`;
  const places = ['a', 'b'];
  const look = () => [memo.computeAll('sign', places, signs), memo.computeAll('word', places, words), memo.computed] as const;
  const [firstSigns, firstWords, computed] = look();
  expect([firstSigns, firstWords, computed]).toEqual([[{ isPositive: true }, { isPositive: true }], ['a is positive', 'b is positive'], 4]);
  numbers.set('a', 5);
  memo.forget(['a']);
  const [sameSigns, sameWords, computedOnce] = look();
  expect([sameSigns === firstSigns, sameWords === firstWords, computedOnce]).toEqual([true, true, 5]);
  numbers.set('a', -5);
  memo.forget(['a']);
  const [otherSigns, otherWords, computedBoth] = look();
  expect([otherSigns[0], otherSigns[1] === firstSigns[1], otherWords, computedBoth]).toEqual([
    { isPositive: false },
    true,
    ['a is not', 'b is positive'],
    7,
  ]);
});

test('items of a list that are others, or gone, are told to those who noted them', () => {
  const memo = new ReadMemo();
  const keyOf = ({ id }: { readonly id: string }): string => `item ${id}`;
  const items = ['a', 'b', 'c'].map((id) => ({ id }));
  const read = (id: string): string => {
    memo.note(`item ${id}`);
    return id.toUpperCase();
  };
  const ids = ['a', 'b', 'c'];
  memo.keepItems('items', items, keyOf);
  memo.computeAll('read', ids, read);
  expect(memo.keepItems('items', [...items], keyOf)).toBe(items);
  memo.keepItems('items', [items[0]!, { id: 'b' }, items[2]!], keyOf);
  memo.computeAll('read', ids, read);
  expect(memo.computed).toBe(4);
});

test('a stage computes no further than it is told to go on', () => {
  const memo = new ReadMemo();
  const read = (place: string): number => {
    memo.note(place);
    return Number(place);
  };
  const upTo = (most: number) => {
    let sum = 0;
    return (value: number): boolean => (sum += value) < most;
  };
  const places = ['1', '2', '3', '4'];
  expect([memo.computeAll('number', places, read, upTo(3)), memo.computed]).toEqual([[1, 2], 2]);
  expect([memo.computeAll('number', places, read, upTo(6)), memo.computed]).toEqual([[1, 2, 3], 3]);
  memo.forget(['2']);
  expect([memo.computeAll('number', places, read, upTo(6)), memo.computed]).toEqual([[1, 2, 3], 4]);
});

test('a value computed for others alone goes with the last of them', () => {
  const memo = new ReadMemo();
  const inner = (place: string): string => memo.compute(`inner\0${place}`, () => (memo.note(`source ${place}`), place));
  memo.computeAll('outer', ['a', 'b'], inner);
  expect([memo.isRead('source a'), memo.isRead('source b')]).toEqual([true, true]);
  memo.computeAll('outer', ['b'], inner);
  expect([memo.isRead('source a'), memo.isRead('source b')]).toEqual([false, true]);
});

test('a list that grows and shrinks keeps its values in their places, whatever is computed again', () => {
  const random = makeRandom(9);
  const memo = new ReadMemo();
  const versions = new Map<string, number>();
  const valueOf = (place: string): readonly string[] => ((versions.get(place) ?? 0) % 3 === 0 ? [] : [`${place} ${versions.get(place)}`]);
  const read = (place: string, _: unknown, index: number): readonly string[] => {
    expect(places[index]).toBe(place);
    memo.note(place);
    return valueOf(place);
  };
  let places: readonly string[] = [];
  for (let round = 0; round < 300; round += 1) {
    const come: string[] = [];
    for (let part = 0; part < 3; part += 1) {
      const start = random(places.length + 1);
      const added = Array.from({ length: random(3) }, (_, index) => `${round}.${part}.${index}`);
      places = [...places.slice(0, start), ...added, ...places.slice(start + random(places.length > 30 ? 5 : 2))];
      come.push(...added);
    }
    if (random(5) === 0) places = [...places].reverse();
    const known = memo.computed;
    const changed = places.filter(() => random(12) === 0);
    for (const place of changed) versions.set(place, (versions.get(place) ?? 0) + 1);
    memo.forget(changed);
    const items = memo.computeItems('items', places, read);
    expect(items).toEqual(places.flatMap(valueOf));
    expect(memo.computeAll('items', places, read)).toEqual(places.map(valueOf));
    expect(memo.computed - known).toBe(new Set([...come.filter((place) => places.includes(place)), ...changed]).size);
  }
});

test('of each item something is made once, and the list stays the same as long as it says the same', () => {
  const memo = new ReadMemo();
  const made: string[] = [];
  const lengthOf = (item: string): number => (made.push(item), item.length);
  const first = memo.deriveEach('lengths', ['a', 'bb', 'c'], lengthOf);
  expect(memo.deriveEach('lengths', ['a', 'dd', 'c'], lengthOf)).toBe(first);
  expect(memo.deriveEach('lengths', ['a', 'dd', 'c', 'eee'], lengthOf)).toEqual([1, 2, 1, 3]);
  expect(made).toEqual(['a', 'bb', 'c', 'dd', 'eee']);
});
