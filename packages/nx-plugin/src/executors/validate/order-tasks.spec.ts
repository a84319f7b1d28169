import { expect, test } from 'vitest';
import type { TaskEdge } from './edge-id';
import { orderTasks } from './order-tasks';

function orderOf(dependencies: Readonly<Record<string, readonly TaskEdge[]>>): readonly string[] {
  return orderTasks({ tasks: Object.fromEntries(Object.keys(dependencies).map((id) => [id, {}])), dependencies });
}

test.each<[string, (id: string) => TaskEdge]>([
  ['names, as in Nx 23', (id) => id],
  ['objects, as in Nx 24', (id) => ({ id, waitFor: 'exit' })],
])('a task comes after all it depends on, with edges that are %s', (_, edge) => {
  expect(orderOf({ shop: [edge('money'), edge('books')], books: [edge('text')], money: [edge('text')], text: [] })).toEqual([
    'text',
    'books',
    'money',
    'shop',
  ]);
});

test('the order of the keys and of the edges changes nothing', () => {
  expect(orderOf({ a: [], b: ['a'], c: ['b', 'a'], d: [] })).toEqual(['a', 'b', 'c', 'd']);
  expect(orderOf({ d: [], c: ['a', 'b'], b: ['a'], a: [] })).toEqual(['a', 'b', 'c', 'd']);
});

test('a task outside of the batch is done already, and one without a row depends on nothing', () => {
  expect(orderTasks({ tasks: { b: {}, c: {} }, dependencies: { b: ['a'] } })).toEqual(['b', 'c']);
});

test('a cycle ends, and what leads into it still comes after it', () => {
  expect(orderOf({ a: ['b'], b: ['c'], c: ['a'], d: ['a'], e: ['e'] })).toEqual(['c', 'b', 'a', 'd', 'e']);
});

test('a chain may be as long as it likes', () => {
  const length = 20_000;
  const name = (index: number) => String(index).padStart(5, '0');
  const chain = Object.fromEntries(Array.from({ length }, (_, index) => [name(index), index + 1 < length ? [name(index + 1)] : []]));
  expect(orderOf(chain)).toEqual(Object.keys(chain).sort().reverse());
});
