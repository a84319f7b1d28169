import { expect, test } from 'vitest';
import { makeRandom } from '../../test/make-random';
import { compareDiagnostics } from '../diagnostics/compare-diagnostics';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { FindingStore } from './finding-store';

const PATHS = ['a.py', 'b/c.py', 'b/d.py', 'e.py', 'pyproject.toml'];

function findingAt(path: string, offset: number, message: string): Diagnostic {
  const place = { line: 1, column: offset + 1, offset };
  return { rule: 'rule', severity: 'error', certainty: 'certain', path, range: { start: place, end: place }, message };
}

test('after any changes findings come in the order in which all of them together are sorted', () => {
  const random = makeRandom(5);
  const store = new FindingStore();
  const own = new Map<string, readonly Diagnostic[]>();
  let shared: readonly Diagnostic[] = [];
  for (let round = 0; round < 500; round += 1) {
    const path = PATHS[random(4)]!;
    const found = Array.from({ length: random(4) }, (_, index) => findingAt(path, random(9), `${round} ${index}`));
    own.set(path, found);
    store.put(path, found);
    if (random(3) === 0) {
      shared = Array.from({ length: random(5) }, (_, index) => findingAt(PATHS[random(5)]!, random(9), `shared ${round} ${index}`));
      store.putShared(shared);
    }
    const all = [...[...own.values()].flat(), ...shared].sort(compareDiagnostics);
    expect(store.list()).toEqual(all);
    const asked = PATHS.filter(() => random(2) > 0).reverse();
    expect(store.list([...asked, ...asked])).toEqual(all.filter((each) => asked.includes(each.path)));
  }
});
