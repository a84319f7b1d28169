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
  ['an imported file less', 'app/p1/m12.py', () => null],
  ['the prefix of the last inclusion', 'app/main.py', (text) => text.replace(/prefix="[^"]*"\)\n$/, 'prefix="/other")\n')],
];

/** As large code looks without what it has installed: each file has findings that other files could have caused. */
function withFindings(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const troubles = (path: string): string =>
    `import flask\nfrom app.gone import Gone\nfrom app import missing\nprint(nowhere)\n# ${path}\n`;
  return new Map([...files].map(([path, text]) => [path, troubles(path) + text]));
}

/** What each edit makes a project of that size do: files linked and checked, values of load order and wiring computed. */
function workOf(files: ReadonlyMap<string, string>): readonly (readonly [string, number, number, number])[] {
  const project = openProject({ files, readSummary });
  return EDITS.map(([name, path, edit]) => {
    const before = project.valuesComputed();
    const { linked, checked } = project.update(new Map([[path, edit(files.get(path) ?? '')]]));
    return [name, linked.length, checked.length, project.valuesComputed() - before];
  });
}

test('an edit is as much work in a large project as in a small one', () => {
  const work = workOf(makeProject(120));
  expect(workOf(makeProject(480))).toEqual(work);
  expect(work.map(([name, linked, checked]) => [name, linked, checked])).toEqual([
    ['a body', 1, 1],
    ['a line more above routes', 1, 1],
    ['the path of a route', 1, 1],
    ['the parameters of a dependency', 1, 1],
    ['a name more', 1, 1],
    ['a file more', 1, 1],
    ['a file less', 0, 0],
    ['an imported file less', 1, 1],
    ['the prefix of the last inclusion', 1, 1],
  ]);
});

test('findings in every file make no edit more work: nobody is linked or checked again for having some', () => {
  const added = (text: string): string => `${text}\n\ndef planted():\n    return 1\n`;
  const count = (size: number) => {
    const files = withFindings(makeProject(size));
    const project = openProject({ files, readSummary });
    expect(new Set(project.check().map(({ path }) => path)).size).toBe(files.size);
    return ['app/p1/m3.py', 'app/p1/routes.py', 'app/p1/models.py', 'app/main.py'].map((path) => {
      const before = project.valuesComputed();
      const { linked, checked } = project.update(new Map([[path, added(files.get(path)!)]]));
      return { linked, checked, values: project.valuesComputed() - before };
    });
  };
  const work = count(120);
  expect(count(480)).toEqual(work);
  expect(work.map(({ linked, checked }) => [linked, checked])).toEqual(
    ['app/p1/m3.py', 'app/p1/routes.py', 'app/p1/models.py', 'app/main.py'].map((path) => [[path], [path]]),
  );
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
