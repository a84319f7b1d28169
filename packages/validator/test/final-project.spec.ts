import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject } from '../src/index';
import { readSuite } from './read-suite';

const SUITES = join(__dirname, '..', 'suites');
const CASES = readdirSync(SUITES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .sort()
  .flatMap((path) => readSuite(readFileSync(join(SUITES, path), 'utf8')).map(({ title, files }) => ({ name: `${path}: ${title}`, files })));

test('a project that is judged once says what one that is kept says, and computes nothing that this one does not', () => {
  const judge = (files: ReadonlyMap<string, string>, isFinal: boolean): unknown => {
    const project = openProject({ files, isFinal });
    return { found: project.check(), computed: project.valuesComputed() };
  };
  const verdicts = (isFinal: boolean): unknown => Object.fromEntries(CASES.map(({ name, files }) => [name, judge(files, isFinal)]));
  expect(CASES.length).toBeGreaterThan(100);
  expect(verdicts(true)).toEqual(verdicts(false));
}, 120_000);

test('it takes no changes', () => {
  const project = openProject({ files: new Map([['a.py', 'import b\n']]), isFinal: true });
  expect(() => project.update(new Map([['b.py', '']]))).toThrow('opened for one verdict');
});
