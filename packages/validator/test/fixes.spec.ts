import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runValidate } from '../src/command/run-validate';
import { applyFixes, openProject, type Fix } from '../src/index';
import { replaceText } from '../src/system/node-file-system';

/** Edits as [start, end, text]. */
function fix(edits: readonly (readonly [number, number, string])[], applicability: Fix['applicability'] = 'safe'): Fix {
  const at = (offset: number) => ({ line: 1, column: offset + 1, offset });
  return { title: 'x', applicability, edits: edits.map(([start, end, text]) => ({ range: { start: at(start), end: at(end) }, text })) };
}

describe('applyFixes', () => {
  test('edits at several places, whatever their order', () => {
    const fixes = [fix([[3, 4, 'D']]), fix([[0, 1, 'AA']])];
    expect(applyFixes('abcd', fixes)).toEqual({ text: 'AAbcD', applied: fixes });
  });

  test('an overlapping fix waits as a whole, its neighbour does not', () => {
    const [first, overlapping, neighbour] = [fix([[0, 3, 'x']]), fix([[2, 4, 'y'], [5, 6, 'z']]), fix([[3, 4, 'w']])]; // prettier-ignore
    expect(applyFixes('abcdef', [first, overlapping, neighbour])).toEqual({ text: 'xwef', applied: [first, neighbour] });
  });

  test('equal edits count once, different ones at one place follow each other', () => {
    const fixes = [fix([[1, 1, '1']]), fix([[1, 1, '1']]), fix([[1, 1, '2']])];
    expect(applyFixes('ab', fixes)).toEqual({ text: 'a12b', applied: fixes });
  });

  test('line breaks are the text’s own, and display fixes are not for machines', () => {
    expect(applyFixes('a\r\nb', [fix([[1, 1, '\nc']]), fix([[0, 1, 'x']], 'display')]).text).toBe('a\r\nc\r\nb');
  });
});

test.each([
  ['import os\njson.loads(os.x)\n', 'safe'],
  ['import os\njson.missing(os.x)\n', 'unsafe'],
  ['import os\nprint(json, os)\n', 'unsafe'],
  ['import os\ncode.value, os\n', 'unsafe'],
  ['json.loads(1)\nimport os\n', 'unsafe'],
])('the import added for %j is %s', (text, applicability) => {
  const [found] = openProject({ files: new Map([['a.py', text]]) }).check();
  expect(found?.fix?.applicability).toBe(applicability);
});

describe('--fix', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'validator-fix-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string) => join(folder, name);
  const read = (name: string) => readFileSync(file(name), 'utf8');
  const run = (...words: string[]) => runValidate({ words, folder });

  test('safe fixes, until nothing is left; says what it did and reports the rest', () => {
    writeFileSync(file('a.py'), 'import os  # noqa: F401\nos.name, json.loads(1), json.dumps(2), re.compile(3), x\n');
    const outcome = run('--fix');
    expect(read('a.py')).toBe('import os  # noqa: F401\nimport json\nimport re\nos.name, json.loads(1), json.dumps(2), re.compile(3), x\n');
    expect(outcome).toEqual({
      exitCode: 1,
      output: 'a.py:4:55: undefined-name `x` is not defined: nothing in this file binds or imports it. Import or define it.\n',
      errorOutput: ['Fixed a.py:2: undefined-name: Add `import json`.\n', 'Fixed a.py:2: undefined-name: Add `import re`.\n'].join(''),
    });
    expect(run('--fix')).toEqual({ ...outcome, errorOutput: '' });
    expect(readdirSync(folder)).toEqual(['a.py']);
  });

  test('unsafe fixes only when asked for', () => {
    writeFileSync(file('a.py'), 'def hash_password(): ...\n');
    writeFileSync(file('b.py'), 'from a import hash_pasword\n');
    expect(run('--fix').exitCode).toBe(1);
    expect(read('b.py')).toBe('from a import hash_pasword\n');
    expect(run('--fix', '--unsafe-fixes')).toMatchObject({ exitCode: 0, output: '' });
    expect(read('b.py')).toBe('from a import hash_password\n');
  });

  test('only what would be reported is fixed', () => {
    const text = 'import os\nos.name, json.loads(1)\n';
    for (const name of ['a.py', 'b.py']) writeFileSync(file(name), text);
    writeFileSync(file('c.py'), text.replace(/\n$/, '  # noqa\n'));
    run('--fix', '--ignore', 'undefined-name');
    expect(read('a.py')).toBe(text);
    run('--fix', 'b.py', 'c.py');
    expect([read('a.py'), read('b.py'), read('c.py')]).toEqual([
      text,
      'import os\nimport json\nos.name, json.loads(1)\n',
      'import os\nos.name, json.loads(1)  # noqa\n',
    ]);
  });

  test('a run that cannot be done changes nothing', () => {
    const text = 'import os\nos.name, json.loads(1)\n';
    writeFileSync(file('a.py'), text);
    expect(run('--fix', 'a.py', 'missing.py').exitCode).toBe(2);
    mkdirSync(file('z'));
    writeFileSync(file('z/pyproject.toml'), '[tool.fastapi-validate]\nselekt = []\n');
    expect(run('--fix')).toMatchObject({ exitCode: 2, errorOutput: expect.stringContaining('z/pyproject.toml: ') });
    expect(read('a.py')).toBe(text);
  });

  test('line breaks, byte order mark, mode and link stay', () => {
    writeFileSync(file('real.txt'), '\uFEFFimport os\r\njson.loads(os.name)\r\n');
    chmodSync(file('real.txt'), 0o666);
    symlinkSync('real.txt', file('a.py'));
    expect(run('--fix').exitCode).toBe(0);
    expect(read('real.txt')).toBe('\uFEFFimport os\r\nimport json\r\njson.loads(os.name)\r\n');
    expect(statSync(file('real.txt')).mode & 0o777).toBe(0o666);
    expect(lstatSync(file('a.py')).isSymbolicLink()).toBe(true);
  });

  test('a file that was changed meanwhile is left as it is', () => {
    writeFileSync(file('a.py'), 'x = 2\n');
    expect(() => replaceText(file('a.py'), { before: 'x = 1\n', after: 'x = 3\n' })).toThrow('was changed while it was checked');
    expect(read('a.py')).toBe('x = 2\n');
  });
});
