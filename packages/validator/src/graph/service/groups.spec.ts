import { expect, test } from 'vitest';
import { makeRandom } from '../../../test/make-random';
import { regroup, regroupChanged, type Grouped } from './groups';

interface Item {
  readonly group: string | undefined;
}

const groupOf = ({ group }: Item): string | undefined => group;

test('after any changes of a list its groups are those of the list grouped at once, and groups that hold the same stay the same lists', () => {
  const random = makeRandom(3);
  let items: readonly Item[] = [];
  let grouped: Grouped<Item> | undefined;
  for (let round = 0; round < 2_000; round += 1) {
    const start = random(items.length + 1);
    const group = random(3) > 0 ? items[start]?.group : `group ${random(6)}`;
    const come = Array.from({ length: random(3) }, (): Item => ({ group: random(4) > 0 ? group : undefined }));
    items = [...items.slice(0, start), ...come, ...items.slice(start + random(items.length > 20 ? 5 : 3))];
    const before = grouped;
    grouped = regroupChanged(before, items, groupOf);
    const whole = regroup(before?.groups, items, groupOf);
    expect([...grouped.groups.keys()]).toEqual([...whole.keys()]);
    for (const [key, list] of grouped.groups) {
      expect(list.length === whole.get(key)!.length && list.every((item, index) => item === whole.get(key)![index])).toBe(true);
      if (whole.get(key) === before?.groups.get(key)) expect(list).toBe(before?.groups.get(key));
    }
  }
});

test('only what differs is looked at', () => {
  const items = ['a', 'a', 'b', 'b', 'c'].map((group): Item => ({ group }));
  const looked: Item[] = [];
  const keyOf = (item: Item): string | undefined => (looked.push(item), item.group);
  const grouped = regroupChanged(undefined, items, keyOf);
  looked.length = 0;
  const [old, other] = [items[2]!, { group: 'b' }];
  expect(regroupChanged(grouped, [...items.slice(0, 2), other, ...items.slice(3)], keyOf).groups.get('b')).toEqual([other, items[3]]);
  expect(looked).toEqual([old, other]);
});
