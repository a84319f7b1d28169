import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RULE_METAS } from '../src/rules/rule-metas';
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
      'service.yaml': 'service: shop\n',
      'service.yml': '',
      '.fastapi/manifest.json': '{}',
      '.fastapi/manifest.jsonl': '',
      '.fastapi/base/app/main.py.base': '',
      '.fastapi/base/pyproject.toml.base': '',
      '.fastapi/journal.json': '',
      '.fastapi/x.py': '',
      '.fastapi/inner/manifest.json': '',
      'environment/pyvenv.cfg': '',
      'environment/lib/x.py': '',
    });
    expect(readProjectFiles(folder)).toEqual({
      files: new Map([
        ['.fastapi/manifest.json', '{}'],
        ['.fastapi/manifest.jsonl', ''],
        ['a/c.py', ''],
        ['b.py', 'x = 1\n'],
        ['pyproject.toml', ''],
        ['requirements-dev.txt', ''],
        ['service.yaml', 'service: shop\n'],
      ]),
      diagnostics: [],
    });
    const paths = [
      '.fastapi/manifest.json',
      '.fastapi/manifest.jsonl',
      'a/c.py',
      'b.py',
      'pyproject.toml',
      'requirements-dev.txt',
      'service.yaml',
    ];
    expect([...readProjectFiles(folder).files.keys()]).toEqual(paths);
  });

  test('loops of links end, broken ones and foreign encodings are reported', () => {
    write({ 'a/x.py': '', 'a/latin.py': Buffer.from([0x78, 0x3d, 0xe9]) });
    symlinkSync('..', join(folder, 'a', 'loop'));
    symlinkSync('nowhere.py', join(folder, 'a', 'gone.py'));
    const { files, diagnostics } = readProjectFiles(folder);
    // What cannot be read may have any name, so that its importers are not blamed.
    expect([...files.keys()]).toEqual(['a/gone.unreadable.so', 'a/latin.unreadable.so', 'a/x.py']);
    expect(diagnostics.map(({ path, rule }) => `${path} ${rule}`).sort()).toEqual([
      'a/gone.py unreadable-file',
      'a/latin.py unreadable-file',
    ]);
  });

  test('pipes are not opened, folders are no modules, and data is not read', () => {
    write({ 'x.py/y.py': '', 'large.py': Buffer.alloc(10 * 1024 * 1024 + 1, '#'), 'null.py': 'x = 1\n\0' });
    execFileSync('mkfifo', [join(folder, 'pipe.py')]);
    const { files, diagnostics } = readProjectFiles(folder);
    expect([...files.keys()]).toEqual(['large.unreadable.so', 'null.unreadable.so', 'pipe.unreadable.so', 'x.py/y.py', 'x.unreadable.so']);
    expect(diagnostics.map(({ certainty, message }) => `${certainty}: ${message}`).sort()).toEqual([
      'certain: null.py cannot be read: it contains null bytes, which no Python source may. Save it as text, or restore it.',
      'certain: pipe.py cannot be read: it is a pipe, a socket or a device, and no file. Move it, or put a file there.',
      'possible: large.py cannot be read: it has 10 MB, and what is above 10 MB is not checked. Keep data out of Python files, or split it.',
      'possible: x.py cannot be read: it is a folder, which no import finds under this name. Rename it.',
    ]);
  });

  test('who imports what cannot be read is not to blame', () => {
    write({ 'app/__init__.py': '', 'app/latin.py': Buffer.from([0x78, 0x3d, 0xe9]), 'main.py': 'from app.latin import x\n' });
    expect(runValidate({ words: [], folder }).output.split('\n')).toEqual([
      expect.stringContaining('app/latin.py:1:1: unreadable-file'),
      '',
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('a file without permission is reported (skipped for root, who may read everything)', () => {
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

  test('a file that cannot be read is a finding, also when it is asked for', () => {
    write({ 'a.py': '', 'latin.py': Buffer.from([0x78, 0x3d, 0xe9]) });
    expect(run('latin.py')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('latin.py:1:1: unreadable-file'),
      errorOutput: '',
    });
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

describe('selection on the command line', () => {
  const run = (...words: string[]) => runValidate({ words, folder });
  const rulesOf = (...words: string[]) => [...run(...words).output.matchAll(/^\S+ (\S+)/gm)].map(([, rule]) => rule);
  const app = 'print(x)\ntry:\n    pass\nexcept:\n    pass\n';

  test('options add to the settings of pyproject.toml, and --select replaces theirs', () => {
    write({ 'app.py': app, 'old/a.py': app, 'pyproject.toml': '[tool.fastapi-validate]\nselect = ["bare-except"]\nexclude = ["old"]\n' });
    expect(rulesOf()).toEqual(['bare-except']);
    expect(rulesOf('--select', 'undefined-name,bare-except')).toEqual(['undefined-name', 'bare-except']);
    expect(rulesOf('--select=undefined-name', '--select', 'bare-except', '--ignore', 'undefined-name')).toEqual(['bare-except']);
    expect(run('--ignore', 'bare-except')).toEqual({ exitCode: 0, output: '', errorOutput: '' });
    expect(run('--exit-zero')).toMatchObject({ exitCode: 0, output: expect.stringContaining('bare-except') });
  });

  test('unknown rules and options are 2, with what was meant', () => {
    write({ 'app.py': app });
    const error = (...words: string[]) => {
      expect(run(...words)).toMatchObject({ exitCode: 2, output: '' });
      return run(...words).errorOutput;
    };
    expect(error('--select', 'bare-exept')).toBe(
      'fastapi-validate: --select names `bare-exept`, which is no rule. Did you mean `bare-except`?\n',
    );
    expect(error('--ignore=bare-except,x')).toContain(
      '--ignore names `x`, which is no rule. The rules are `alembic-heads`, `bare-except`,',
    );
    expect(error('--explain', 'undefined-nam')).toContain('Did you mean `undefined-name`?');
    expect(error('--explain')).toContain('--explain names ``, which is no rule');
    expect(error('--selekt')).toBe('fastapi-validate: Unknown option --selekt. Did you mean --select?\n');
    expect(error('--select')).toContain('--select wants a value');
    expect(error('--statistics', '--format', 'junit')).toContain('--statistics is text or json; junit has no place for it.');
    write({ 'pyproject.toml': '[tool.fastapi-validate]\nignore = ["bare-exept"]\n' });
    expect(error()).toContain(
      'pyproject.toml: `tool.fastapi-validate.ignore` names `bare-exept`, which is no rule. Did you mean `bare-except`?\n',
    );
  });

  test('--statistics', () => {
    write({ 'app.py': `${app}print(y)\n` });
    expect(run('--statistics')).toEqual({ exitCode: 1, output: '2  undefined-name\n1  bare-except\n', errorOutput: '' });
    expect(JSON.parse(run('--statistics', '--format=json').output)).toEqual({
      version: 1,
      total: 3,
      statistics: [
        { rule: 'undefined-name', count: 2 },
        { rule: 'bare-except', count: 1 },
      ],
    });
  });

  test('--explain is a page', () => {
    expect(run('--explain', 'unknown-symbol')).toEqual({
      exitCode: 0,
      errorOutput: '',
      output: `# unknown-symbol

A name is imported from a module of the project or of a library beside it that does not bind it.

*Error, since 0.1.0.*

## Why

Python raises ImportError when the line runs.

## What to do

Import a name the module has, or add it there.

## Example

\`\`\`
from app.core.security import hash_pasword
\`\`\`

Use instead:

\`\`\`
from app.core.security import hash_password
\`\`\`
`,
    });
  });

  test('the places on the way of a finding are told from where the command runs, too', () => {
    const route = [
      'import subprocess',
      'from fastapi import FastAPI',
      '',
      'app = FastAPI()',
      '',
      '',
      '@app.get("/{name}")',
      'def run(name: str) -> None:',
      '    subprocess.run(f"ls {name}", shell=True)',
      '',
    ].join('\n');
    write({ 'apps/shop/pyproject.toml': '[project]\nname = "shop"\ndependencies = ["fastapi"]\n', 'apps/shop/main.py': route });
    const [{ results }] = JSON.parse(run('--format', 'sarif').output).runs;
    const uris = JSON.stringify(results).match(/"uri":"[^"]*"/g);
    expect(new Set(uris)).toEqual(new Set(['"uri":"apps/shop/main.py"']));
    expect(results.some(({ codeFlows }: { codeFlows?: unknown }) => codeFlows !== undefined)).toBe(true);
  });

  test('sarif describes every rule, junit every checked file', () => {
    write({ 'app.py': app, 'clean.py': '' });
    const [sarif] = JSON.parse(run('--format', 'sarif', '--category', 'shop').output).runs;
    expect(sarif.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(RULE_METAS.map(({ id }) => id));
    expect(sarif.automationDetails).toEqual({ id: 'shop/' });
    expect(run('--format=junit', 'clean.py').output).toContain('<testcase name="clean.py" classname="clean.py"/>');
    expect(run('--format=junit', 'clean.py').output).not.toContain('app.py');
  });
});

describe('several projects', () => {
  const lines = (words: string[], from = folder) => runValidate({ words, folder: from }).output.split('\n').slice(0, -1);

  beforeEach(() =>
    write({
      'pyproject.toml': '[project]\nname = "all"\n',
      'tools/make.py': 'from shop.app.main import run\nprint(w)\n',
      'shop/pyproject.toml': '[tool.fastapi-validate]\nignore = ["bare-except"]\n',
      'shop/app/__init__.py': '',
      'shop/app/main.py': 'from app.names import x\ntry:\n    run = x\nexcept:\n    raise\n',
      'shop/app/names.py': 'print(y)\n',
      'store/pyproject.toml': '',
      'store/main.py': 'print(z)  # noqa\nprint(v)\n',
    }),
  );

  test('each is checked from its own root, under its own settings', () => {
    expect(lines([]).map((line) => line.split(' `')[0])).toEqual([
      'shop/app/main.py:1:23: unknown-symbol',
      'shop/app/names.py:1:7: undefined-name',
      'store/main.py:2:7: undefined-name',
      'tools/make.py:2:7: undefined-name',
    ]);
    expect(lines(['shop/app/names.py', 'store'])).toHaveLength(2);
  });

  test('a path may lead to a project outside', () => {
    expect(lines(['../shop/app/names.py'], join(folder, 'store'))[0]).toMatch(/^\.\.\/shop\/app\/names\.py:1:7: undefined-name/);
    expect(lines([], join(folder, 'store'))).toHaveLength(1);
  });
});
