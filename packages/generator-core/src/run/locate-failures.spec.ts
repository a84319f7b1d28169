import { expect, test } from 'vitest';
import type { TrialFailure } from '../trial/trial';
import { locateFailures } from './locate-failures';

function failing(name: string, ...paths: readonly string[]): TrialFailure {
  return { check: 'tests', name, text: '', frames: paths.map((path) => ({ path, line: 1 })) };
}

/** A project in which each test fails as long as one of its culprits is the model's file. */
async function locate(
  failures: readonly TrialFailure[],
  suspects: readonly string[],
  culprits: Readonly<Record<string, readonly string[]>>,
) {
  const runs: string[] = [];
  const located = await locateFailures({
    failures,
    suspects,
    rerun: async (asked, templated) => {
      runs.push(`${asked.map(({ name }) => name).join(' ')} without ${templated.join(' ')}`);
      return asked.filter(({ name }) => !(culprits[name] ?? []).every((path) => templated.includes(path)) || culprits[name] === undefined);
    },
  });
  const blamed = Object.fromEntries([...located.blamed].map(([path, list]) => [path, list.map(({ name }) => name)]));
  return { blamed, unexplained: located.unexplained.map(({ name }) => name), runs };
}

test('the last suspect of a traceback is to blame when its template mends it', async () => {
  expect(
    await locate([failing('t', 'app/main.py', 'app/b.py', 'app/lib.py')], ['app/a.py', 'app/b.py', 'app/c.py'], { t: ['app/b.py'] }),
  ).toEqual({
    blamed: { 'app/b.py': ['t'] },
    unexplained: [],
    runs: ['t without app/b.py'],
  });
});

test('a traceback may name the wrong one: halves find the right one', async () => {
  expect(await locate([failing('t', 'app/a.py')], ['app/a.py', 'app/b.py', 'app/c.py', 'app/d.py'], { t: ['app/d.py'] })).toEqual({
    blamed: { 'app/d.py': ['t'] },
    unexplained: [],
    runs: ['t without app/a.py', 't without app/a.py app/b.py app/c.py app/d.py', 't without app/a.py app/b.py', 't without app/c.py'],
  });
});

test('several tests, several culprits, none named', async () => {
  const suspects = ['a', 'b', 'c', 'd', 'e'].map((name) => `app/${name}.py`);
  const { blamed, unexplained } = await locate([failing('one'), failing('two'), failing('three')], suspects, {
    one: ['app/a.py'],
    two: ['app/e.py'],
    three: ['app/a.py'],
  });
  expect({ blamed, unexplained }).toEqual({ blamed: { 'app/a.py': ['one', 'three'], 'app/e.py': ['two'] }, unexplained: [] });
});

test('what fails with templates, too, is nobody’s fault', async () => {
  expect(await locate([failing('one'), failing('other')], ['app/a.py'], { one: ['app/a.py'] })).toEqual({
    blamed: { 'app/a.py': ['one'] },
    unexplained: ['other'],
    runs: ['one other without app/a.py'],
  });
});

test('the search ends, however many there are', async () => {
  const suspects = Array.from({ length: 64 }, (_, index) => `app/m${index}.py`);
  const failures = suspects.map((path) => failing(path));
  const { runs, blamed } = await locate(failures, suspects, Object.fromEntries(suspects.map((path) => [path, [path]])));
  expect(runs.length).toBe(24);
  expect(Object.keys(blamed).sort()).toEqual([...suspects].sort());
});
