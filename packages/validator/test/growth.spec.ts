import { expect, test } from 'vitest';
import { makeProject } from '../bench/make-project';
import { extractSummary } from '../src/extract/extract-summary';
import type { ModuleSummary } from '../src/extract/module-summary';
import { openProject } from '../src/index';
import { DEFAULT_PYTHON_VERSION } from '../src/python/python-version';

const summaries = new Map<string, ModuleSummary>();

function readSummary(_: string, text: string): ModuleSummary {
  const summary = summaries.get(text) ?? extractSummary(text, DEFAULT_PYTHON_VERSION);
  summaries.set(text, summary);
  return summary;
}

const EDITS: readonly (readonly [string, string, (text: string) => string | null])[] = [
  ['a body', 'app/p1/m3.py', (text) => text.replace('return first', 'return first or second')],
  ['a line more above routes', 'app/p1/routes.py', (text) => `# a line more\n${text}`],
  ['the path of a route', 'app/p1/routes.py', (text) => text.replace('/r1/', '/other/')],
  ['the parameters of a dependency', 'app/p1/deps.py', (text) => text.replace('item_id: int', 'item_id: int, other: str')],
  ['a name more', 'app/p1/models.py', (text) => `${text}\nclass More:\n    pass\n`],
  ['a file more', 'app/p1/added.py', () => 'from .models import Item\n'],
  ['a file less', 'app/p1/m24.py', () => null],
];

/** What each edit makes a project of that size do: files linked and checked, values of load order and wiring computed. */
function workOf(size: number): readonly (readonly [string, number, number, number])[] {
  const files = makeProject(size);
  const project = openProject({ files, readSummary });
  return EDITS.map(([name, path, edit]) => {
    const before = project.valuesComputed();
    const { linked, checked } = project.update(new Map([[path, edit(files.get(path) ?? '')]]));
    return [name, linked.length, checked.length, project.valuesComputed() - before];
  });
}

test('an edit is as much work in a large project as in a small one', () => {
  const work = workOf(120);
  expect(workOf(480)).toEqual(work);
  expect(work.map(([name, linked, checked]) => [name, linked, checked])).toEqual([
    ['a body', 1, 1],
    ['a line more above routes', 1, 1],
    ['the path of a route', 1, 1],
    ['the parameters of a dependency', 1, 1],
    ['a name more', 1, 1],
    ['a file more', 1, 1],
    ['a file less', 0, 0],
  ]);
});

test('a project that grows by ten files at a time links and checks each file once, and computes as many values a file at any size', () => {
  const grow = (size: number) => {
    const entries = [...makeProject(size)];
    const project = openProject({ files: new Map(), readSummary });
    let [linked, checked] = [0, 0];
    for (let start = 0; start < entries.length; start += 10) {
      const work = project.update(new Map(entries.slice(start, start + 10)));
      linked += work.linked.length;
      checked += work.checked.length;
    }
    expect([linked, checked]).toEqual([entries.length, entries.length]);
    return project.valuesComputed() / entries.length;
  };
  const [small, large] = [grow(120), grow(480)];
  expect(large / small).toBeLessThan(1.1);
});
