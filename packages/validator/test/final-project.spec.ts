import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ReadMemo } from '../src/algorithms/read-memo';
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

test('it notes for no value what it was read from, which a kept one does', () => {
  const note = vi.spyOn(ReadMemo.prototype, 'note');
  onTestFinished(() => note.mockRestore());
  /** Of what values say they read, that which the memo can tell afterwards. */
  const readsKept = (files: ReadonlyMap<string, string>, isFinal: boolean): { readonly told: number; readonly kept: number } => {
    note.mockClear();
    openProject({ files, isFinal }).check();
    const told = note.mock.calls.map(([read], call) => (note.mock.contexts[call] as ReadMemo).isRead(read));
    return { told: told.length, kept: told.filter((isKept) => isKept).length };
  };
  const [{ files }] = CASES.filter(({ name }) => name.startsWith('service/router-not-included.md')) as [(typeof CASES)[number]];
  const { told } = readsKept(files, false);
  expect(told).toBeGreaterThan(0);
  expect([readsKept(files, false), readsKept(files, true)]).toEqual([
    { told, kept: told },
    { told, kept: 0 },
  ]);
});

test('it takes no changes', () => {
  const project = openProject({ files: new Map([['a.py', 'import b\n']]), isFinal: true });
  expect(() => project.update(new Map([['b.py', '']]))).toThrow('opened for one verdict');
});
