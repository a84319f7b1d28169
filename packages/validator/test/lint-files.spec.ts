import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runValidate } from '../src/command/run-validate';
import { lintFiles } from '../src/project/lint-files';

let folder: string;

const files = {
  'pyproject.toml':
    '[project]\nname = "shop"\nversion = "0"\nrequires-python = ">=3.11"\n[tool.fastapi-validate]\nselect = ["bare-except"]\nlint = ["B", "E722"]\n',
  'app.py':
    'def f(items=[]):\n    return items\n\n\ndef g(items=[]):  # noqa: B006\n    return items\n\n\ntry:\n    f()\nexcept:\n    g()\n',
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'validator-lint-'));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('ruff finds what one file alone shows, but what rules of ours say is said once', () => {
  const outcome = lintFiles(new Map(Object.entries(files)), ['B', 'E722']);
  expect(outcome).toEqual({
    kind: 'linted',
    diagnostics: [
      {
        rule: 'B006',
        severity: 'warning',
        certainty: 'certain',
        path: 'app.py',
        range: { start: { line: 1, column: 13, offset: 12 }, end: { line: 1, column: 15, offset: 14 } },
        message: 'Do not use mutable data structures for argument defaults',
        fix: { title: 'Replace with `None`; initialize within function', applicability: 'unsafe', edits: expect.any(Array) },
      },
    ],
  });
});

test('the command runs it when the settings name codes', () => {
  expect(
    runValidate({ words: [], folder })
      .output.split('\n')
      .map((line) => line.split(' ').slice(0, 2).join(' ')),
  ).toEqual(['app.py:1:13: B006', 'app.py:11:1: bare-except', '']);
  expect(runValidate({ words: ['--lint', 'PLC', '--ignore', 'bare-except'], folder })).toEqual({
    exitCode: 0,
    output: '',
    errorOutput: '',
  });
});

test('a code that ruff does not know is said', () => {
  const { exitCode, errorOutput } = runValidate({ words: ['--lint', 'ZZZ9'], folder });
  expect(exitCode).toBe(2);
  expect(errorOutput).toContain('ruff does not take the lint rules ZZZ9');
});

test('what nests deeper than Python reads is not given to ruff, whose stack would end', () => {
  const depth = 4_000;
  const blocks = Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}if True:\n`).join('');
  expect(lintFiles(new Map([['app.py', `${blocks}${' '.repeat(depth)}pass\n`]]), ['B'])).toEqual({ kind: 'linted', diagnostics: [] });
});

test('without codes nothing is loaded and nothing found', () => {
  expect(lintFiles(new Map(Object.entries(files)), [])).toEqual({ kind: 'linted', diagnostics: [] });
});
