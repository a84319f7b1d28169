import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { copyWorkspace, runNx, type Workspace } from '../../tools/setup-workspace.mjs';
import { writeFile } from '../../tools/write-files';
import { nxLines } from './set-up/nx-lines';
import { expectSuccess } from './set-up/user';

const code = {
  'app/__init__.py': '',
  'app/books.py': 'from pydantic import BaseModel\n\n\nclass Book(BaseModel):\n    title: str = ""\n',
  'app/main.py':
    'from fastapi import FastAPI\n\nfrom app.books import Book\n\nserver = FastAPI()\n\n\n@server.get("/")\ndef read() -> Book:\n    return Book()\n',
  'requirements.txt': 'fastapi\npydantic\nuvicorn\n',
};

/** A project that was written by hand is adopted without a change to its code. */
describe.each(nxLines)('Nx $nx: a hand-written project', (line) => {
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-convert-'));
  let workspace: Workspace;

  const nx = (...args: readonly string[]) => runNx(workspace, args);
  const read = (path: string) => readFileSync(join(workspace.folder, 'apps/hand', path), 'utf8');
  const readAll = () => Object.fromEntries(['project.json', 'pyproject.toml', ...Object.keys(code)].map((path) => [path, read(path)]));

  function write(path: string, text: string): void {
    writeFile(join(workspace.folder, 'apps/hand'), path, text);
  }

  beforeAll(async () => {
    workspace = copyWorkspace(inject('pristine')[line.nx], join(folder, 'workspace'));
    for (const [path, text] of Object.entries(code)) write(path, text);
    expectSuccess(await nx('g', '@org/fastapi:convert', 'apps/hand'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is validated, and none of its files is another', async () => {
    expectSuccess(await nx('run', 'hand:validate'));
    expect(readAll()).toMatchObject(code);
    expect(JSON.parse(read('project.json'))).toMatchObject({
      name: 'hand',
      targets: { serve: { command: 'python -m uvicorn app.main:server --reload' } },
    });
  });

  test('is left as it is when it is converted again', async () => {
    const before = readAll();
    expectSuccess(await nx('g', '@org/fastapi:convert', 'apps/hand'));
    expect(readAll()).toEqual(before);
  });

  test('fails on a fault, passes with a baseline, and fails on another fault', async () => {
    write('app/books.py', `${code['app/books.py']}\n\nprint(missing)\n`);
    expect((await nx('run', 'hand:validate')).output).toContain('undefined-name');
    expectSuccess(await nx('g', '@org/fastapi:convert', 'apps/hand', '--baseline'));
    expectSuccess(await nx('run', 'hand:validate'));
    write('app/main.py', code['app/main.py'].replace('import Book', 'import Bok'));
    const result = await nx('run', 'hand:validate');
    expect(result.status).not.toBe(0);
    expect(result.output).toContain('unknown-symbol');
  });
});
