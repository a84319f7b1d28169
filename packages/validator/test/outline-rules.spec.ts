import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject } from '../src/index';
import { OUTLINE_RULES } from '../src/rules/outline-rules';
import { makeRandom } from './make-random';
import { mutatePython } from './mutate-python';
import { readSuite } from './read-suite';

type Files = ReadonlyMap<string, string>;

const SUITES = join(__dirname, '..', 'suites');
const RULES = [...OUTLINE_RULES];

const projects: readonly Files[] = readdirSync(SUITES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .sort()
  .flatMap((path) => readSuite(readFileSync(join(SUITES, path), 'utf8')).map(({ files }) => files));

const byOutlines = (files: Files) => openProject({ files, rules: RULES }).check();
const inFull = (files: Files) =>
  openProject({ files })
    .check()
    .filter(({ rule }) => OUTLINE_RULES.has(rule));

test('what these rules say of every suite is the same by outlines', () => {
  for (const files of projects) expect(byOutlines(files)).toEqual(inFull(files));
});

test('and of suites with a file damaged', () => {
  const random = makeRandom(3);
  for (const files of projects) {
    const python = [...files.keys()].filter((path) => path.endsWith('.py'));
    if (python.length === 0) continue;
    const path = python[random(python.length)]!;
    const damaged = new Map([...files, [path, mutatePython(files.get(path)!, random)]]);
    expect(byOutlines(damaged), `${path}:\n${damaged.get(path)}`).toEqual(inFull(damaged));
  }
});

const SHOP = new Map([
  ['shop/__init__.py', ''],
  ['shop/prices.py', 'def total(items):\n    return sum(items)\n'],
  ['shop/orders.py', 'from shop.prices import total\n\ndef order(items):\n    return total(items)\n'],
  ['shop/main.py', 'from shop.orders import order\n'],
]);

test('no body of a function is parsed where nothing is found', () => {
  const project = openProject({ files: SHOP, rules: RULES });
  expect(project.check()).toEqual([]);
  expect(project.outlines()).toEqual([...SHOP.keys()].sort());
});

test('a finding is confirmed by its file and by the files asked, and by no other', () => {
  const project = openProject({
    files: new Map([...SHOP, ['shop/orders.py', 'from shop.prices import sum_of\n']]),
    rules: ['unknown-symbol'],
  });
  expect(project.check().map(({ path, rule }) => `${path} ${rule}`)).toEqual([
    'shop/main.py unknown-symbol',
    'shop/orders.py unknown-symbol',
  ]);
  expect(project.outlines()).toEqual(['shop/__init__.py']);
});

test('a fault of syntax in a body silences what its file and its importers say', () => {
  const broken = new Map([...SHOP, ['shop/prices.py', 'import nowhere\n\ndef f():\n    return (\n\ndef g():\n    return 1\n']]);
  expect(openProject({ files: broken, rules: RULES }).check()).toEqual([]);
});

test('other rules read files in full', () => {
  expect(openProject({ files: SHOP, rules: [...RULES, 'bare-except'] }).outlines()).toEqual([]);
  expect(openProject({ files: SHOP }).outlines()).toEqual([]);
});

test('rules that are not asked say nothing, also those about loading and wiring', () => {
  for (const files of projects.slice(0, 60)) {
    const wanted = ['import-cycle', 'bare-except', 'duplicate-route'];
    const all = openProject({ files }).check();
    const manifest = all.filter(({ rule }) => wanted.includes(rule) || rule === 'invalid-manifest');
    expect(openProject({ files, rules: wanted }).check()).toEqual(manifest);
  }
});
