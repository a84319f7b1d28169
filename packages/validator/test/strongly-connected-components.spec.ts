import { describe, expect, test } from 'vitest';
import { longestPathLevels, stronglyConnectedComponents } from '../src/index';

const edges =
  (graph: Readonly<Record<string, readonly string[]>>) =>
  (id: string): readonly string[] =>
    graph[id] ?? [];

describe('stronglyConnectedComponents', () => {
  test('one edge: the dependency comes first, whichever way the names sort', () => {
    expect(stronglyConnectedComponents(['models', 'database'], edges({ models: ['database'] }))).toEqual([['database'], ['models']]);
    expect(stronglyConnectedComponents(['a', 'b'], edges({ a: ['b'] }))).toEqual([['b'], ['a']]);
    expect(stronglyConnectedComponents(['a', 'b'], edges({ b: ['a'] }))).toEqual([['a'], ['b']]);
  });

  test('cycles become one component with sorted members', () => {
    const graph = { c: ['b'], b: ['a'], a: ['c', 'base'], user: ['a'], self: ['self'] };
    expect(stronglyConnectedComponents(['user', 'c', 'b', 'a', 'base', 'self'], edges(graph))).toEqual([
      ['base'],
      ['a', 'b', 'c'],
      ['self'],
      ['user'],
    ]);
  });

  test('the order of nodes and edges does not matter', () => {
    const graph: Record<string, string[]> = { a: ['b', 'c', 'd'], b: ['d', 'a'], c: ['d'], d: ['e', 'f'], e: ['d'], f: [], g: ['c', 'f'] };
    const expected = stronglyConnectedComponents(Object.keys(graph), edges(graph));
    const backwards = Object.fromEntries(Object.entries(graph).map(([id, targets]) => [id, [...targets].reverse()]));
    expect(stronglyConnectedComponents(Object.keys(graph).reverse(), edges(backwards))).toEqual(expected);
  });

  test('unknown targets and doubled nodes are left out', () => {
    expect(stronglyConnectedComponents(['a', 'a'], edges({ a: ['nowhere', 'a'] }))).toEqual([['a']]);
    expect(stronglyConnectedComponents([], edges({}))).toEqual([]);
  });

  test('a chain of 10,000 and a ring of 10,000 do not overflow', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `n${String(index).padStart(5, '0')}`);
    const next = new Map(ids.map((id, index) => [id, ids[index + 1]]));
    const chain = stronglyConnectedComponents(ids, (id) => (next.get(id) === undefined ? [] : [next.get(id)!]));
    expect(chain.map(([id]) => id)).toEqual([...ids].reverse());
    const ring = stronglyConnectedComponents(ids, (id) => [next.get(id) ?? ids[0]!]);
    expect(ring).toEqual([ids]);
  });

  test('100,000 edges: every dependency stands before its dependent', () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => `n${index}`);
    const targets = (id: string): readonly string[] => {
      const index = Number(id.slice(1));
      return Array.from({ length: 20 }, (_, step) => index - 1 - step * 7)
        .filter((target) => target >= 0)
        .map((target) => `n${target}`);
    };
    const order = new Map(stronglyConnectedComponents(ids, targets).map(([id], index) => [id!, index]));
    expect(order.size).toBe(5_000);
    expect(ids.every((id) => targets(id).every((target) => order.get(target)! < order.get(id)!))).toBe(true);
  });
});

describe('longestPathLevels', () => {
  test('a component stands one level above its deepest dependency', () => {
    const graph = {
      router: ['repository', 'schema'],
      repository: ['model'],
      model: ['base'],
      schema: [],
      base: [],
      left: ['right'],
      right: ['left', 'base'],
    };
    expect(longestPathLevels([...Object.keys(graph), 'base'], edges(graph))).toEqual([
      [['base'], ['schema']],
      [['left', 'right'], ['model']],
      [['repository']],
      [['router']],
    ]);
  });
});
