import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runValidate } from '../src/command/run-validate';
import { readProjectFiles } from '../src/index';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validator-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

describe('readProjectFiles', () => {
  test('reads Python and manifests, sorted, and leaves environments out', () => {
    write({
      'b.py': 'x = 1\n',
      'a/c.py': '',
      'pyproject.toml': '',
      'requirements-dev.txt': '',
      'notes.md': '',
      '.venv/x.py': '',
      'node_modules/x.py': '',
      '__pycache__/x.py': '',
      'dist/x.py': '',
      '.hidden/x.py': '',
      'environment/pyvenv.cfg': '',
      'environment/lib/x.py': '',
    });
    expect(readProjectFiles(folder)).toEqual({
      files: new Map([
        ['a/c.py', ''],
        ['b.py', 'x = 1\n'],
        ['pyproject.toml', ''],
        ['requirements-dev.txt', ''],
      ]),
      diagnostics: [],
    });
    expect([...readProjectFiles(folder).files.keys()]).toEqual(['a/c.py', 'b.py', 'pyproject.toml', 'requirements-dev.txt']);
  });

  test('loops of links end, broken ones and foreign encodings are reported', () => {
    write({ 'a/x.py': '', 'a/latin.py': Buffer.from([0x78, 0x3d, 0xe9]) });
    symlinkSync('..', join(folder, 'a', 'loop'));
    symlinkSync('nowhere.py', join(folder, 'a', 'gone.py'));
    const { files, diagnostics } = readProjectFiles(folder);
    expect([...files.keys()]).toEqual(['a/x.py']);
    expect(diagnostics.map(({ path, rule }) => `${path} ${rule}`).sort()).toEqual([
      'a/gone.py unreadable-file',
      'a/latin.py unreadable-file',
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('a file without permission is reported', () => {
    write({ 'x.py': '' });
    chmodSync(join(folder, 'x.py'), 0o000);
    expect(readProjectFiles(folder).diagnostics[0]?.message).toContain('permission is denied');
  });
});

describe('fastapi-validate', () => {
  const run = (...words: string[]) => runValidate({ words, folder });

  test('clean is 0 and says nothing', () => {
    write({ 'app.py': 'x = 1\n' });
    expect(run()).toEqual({ exitCode: 0, output: '', errorOutput: '' });
  });

  test('certain findings are 1, possible ones alone 0', () => {
    write({ 'app.py': 'print(y)\n', 'random.py': '' });
    expect(run()).toMatchObject({ exitCode: 1, output: expect.stringContaining('app.py:1:7: undefined-name') });
    expect(run('random.py')).toMatchObject({ exitCode: 0, output: expect.stringContaining('shadowed-stdlib (possible)') });
  });

  test('paths limit the report, not what is read', () => {
    write({ 'app/a.py': 'print(y)\n', 'app/b.py': 'from app.a import z\n', 'c.py': 'print(w)\n' });
    expect(run('app/b.py').output.split('\n')).toHaveLength(2);
    expect(run('./app/').output.split('\n')).toHaveLength(3);
    expect(run('--format', 'json', 'c.py').output).toContain('"total": 1');
    expect(run('--format=full').output).toContain('^');
  });

  test('what cannot run is 2, with one line and no stack', () => {
    expect(run('--format', 'xml')).toEqual({
      exitCode: 2,
      output: '',
      errorOutput: 'fastapi-validate: --format takes concise, full, json, sarif, github, gitlab, junit; got xml.\n',
    });
    expect(run('--wrong').exitCode).toBe(2);
    expect(run('../elsewhere').errorOutput).toContain('outside the project');
    expect(run('missing.py').errorOutput).toContain('No Python file at missing.py');
    const nowhere = runValidate({ words: [], folder: join(folder, 'nowhere') });
    expect(nowhere.exitCode).toBe(2);
    expect(nowhere.errorOutput).not.toMatch(/\n\s+at /);
    expect(run('--help')).toMatchObject({ exitCode: 0, output: expect.stringContaining('Exit code') });
  });
});
