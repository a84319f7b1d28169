import { expect, test } from 'vitest';
import { makeRandom } from '../../test/make-random';
import { LoadGraph } from './load-graph';
import type { FileLoads } from './read-loads';

const PATHS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

type Loads = ReadonlyMap<string, FileLoads>;

function show(graph: LoadGraph, loads: Loads): unknown {
  return {
    cycles: graph.cycles(),
    reaching: PATHS.filter((path) => loads.has(path) && graph.reachesCycle(path)),
    loaded: PATHS.filter((path) => graph.isLoaded(path)),
    coming: PATHS.map((path) => [...graph.comingTo([path])].sort()),
  };
}

test('after any changes the graph is that of the same files read at once', () => {
  const random = makeRandom(11);
  const some = (): readonly string[] => PATHS.filter(() => random(6) === 0);
  let cyclic = 0;
  for (let round = 0; round < 40; round += 1) {
    const loads = new Map<string, FileLoads>();
    const graph = new LoadGraph();
    for (let edit = 0; edit < 60; edit += 1) {
      const changes = new Map<string, FileLoads | undefined>();
      for (let count = 1 + random(2); count > 0; count -= 1) {
        const path = PATHS[random(PATHS.length)]!;
        const targets = some().filter((target) => target !== path);
        changes.set(path, random(5) === 0 ? undefined : { targets, reach: [...targets, ...some()], isOwn: random(20) === 0 });
      }
      for (const [path, now] of changes) {
        if (now === undefined) loads.delete(path);
        else loads.set(path, now);
      }
      graph.update(changes);
      const fresh = new LoadGraph();
      fresh.update(loads);
      expect(show(graph, loads), `round ${round}, edit ${edit}`).toEqual(show(fresh, loads));
      if (graph.cycles().length > 0) cyclic += 1;
    }
  }
  expect(cyclic).toBeGreaterThan(500);
});

test('a file that closes no cycle leaves those that are there the very same', () => {
  const graph = new LoadGraph();
  const loads = (...targets: readonly string[]): FileLoads => ({ targets, reach: targets, isOwn: false });
  graph.update(
    new Map([
      ['a', loads('b')],
      ['b', loads('a')],
    ]),
  );
  const [cycle] = graph.cycles();
  expect([...graph.update(new Map([['c', loads('a')]]))].sort()).toEqual(['a', 'c']);
  expect(graph.cycles()[0]).toBe(cycle);
  expect(cycle).toEqual(['a', 'b']);
});
