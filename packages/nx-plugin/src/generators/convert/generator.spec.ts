import { readJson, readNxJson, type Tree } from '@nx/devkit';
import { expect, test } from 'vitest';
import { diskWorkspace, type DiskWorkspace } from '../../testing/disk-workspace';
import { refusalOf } from '../../testing/refusal-of';
import { shownText } from '../../testing/shown-text';
import { convertGenerator } from './generator';
import type { ConvertGeneratorSchema } from './schema';

const main =
  'from fastapi import FastAPI\n\nfrom app.books import Book\n\napp = FastAPI()\n\n\n@app.get("/")\ndef read() -> Book:\n    return Book()\n';
const code = {
  'apps/api/app/__init__.py': '',
  'apps/api/app/main.py': main,
  'apps/api/app/books.py': 'from pydantic import BaseModel\n\n\nclass Book(BaseModel):\n    title: str = ""\n',
};
const withUv = {
  ...code,
  'apps/api/pyproject.toml':
    '[project]\nname = "book-api"\nversion = "1.0.0"\nrequires-python = ">=3.11"\ndependencies = ["fastapi[standard]", "pydantic"] # ours\n\n' +
    '[dependency-groups]\ndev = ["pytest", "ruff", "mypy"]\n\n[tool.mypy]\nfiles = ["app"]\n',
  'apps/api/uv.lock': 'version = 1\n',
};

/** Files that a run adds or changes, with what was shown. */
async function convert(disk: DiskWorkspace, options: Partial<ConvertGeneratorSchema> = {}) {
  const tree = disk.openTree();
  const shown = shownText();
  await convertGenerator(tree, { directory: 'apps/api', ...options });
  const paths = tree.listChanges().map(({ path }) => path);
  return { tree, shown: shown(), paths };
}

const commandsOf = (tree: Tree) =>
  Object.fromEntries(
    Object.entries((readJson(tree, 'apps/api/project.json') as { targets: Record<string, { command: string }> }).targets).map(
      ([name, { command }]) => [name, command],
    ),
  );
const refusal = (files: Readonly<Record<string, string>>, options: Partial<ConvertGeneratorSchema> = {}) => {
  const tree = diskWorkspace(files).openTree();
  return refusalOf(tree, () => convertGenerator(tree, { directory: 'apps/api', ...options }));
};

test('a project of uv gets its targets, and nothing of it is changed', async () => {
  const { tree, shown, paths } = await convert(diskWorkspace(withUv));
  expect(paths.sort()).toEqual(['.gitignore', 'apps/api/project.json', 'nx.json', 'package.json']);
  expect(readNxJson(tree)?.plugins).toEqual([{ plugin: '@org/fastapi', options: {} }]);
  expect(readJson(tree, 'apps/api/project.json')).toMatchObject({
    $schema: '../../node_modules/nx/schemas/project-schema.json',
    name: 'book-api',
    projectType: 'application',
    targets: { serve: { continuous: true, options: { cwd: '{projectRoot}' } }, test: { cache: true, outputs: [] } },
  });
  expect(commandsOf(tree)).toEqual({
    install: 'uv sync',
    serve: 'uv run uvicorn app.main:app --reload',
    test: 'uv run pytest',
    typecheck: 'uv run mypy',
    lint: 'uv run ruff check .',
  });
  expect(shown).toBe(
    [
      '',
      'book-api: 3 Python files in apps/api, run with uv',
      '  application: app.main:app',
      '  targets: nx run book-api:validate, nx run book-api:install, nx run book-api:serve, nx run book-api:test, nx run book-api:typecheck, nx run book-api:lint',
      '  validate finds no faults',
      '',
    ].join('\n'),
  );
});

test('run again, it changes nothing', async () => {
  const disk = diskWorkspace(withUv);
  disk.flush((await convert(disk, { baseline: true })).tree);
  expect((await convert(disk, { baseline: true })).paths).toEqual([]);
});

test('a project with requirements.txt alone is marked as one, and asked for nothing', async () => {
  const files = {
    ...code,
    'apps/api/requirements.txt': 'fastapi\npydantic\nuvicorn\n',
    'apps/api/requirements-dev.txt': '-r requirements.txt\npytest==9\n',
  };
  const { tree, shown } = await convert(diskWorkspace(files));
  expect(tree.read('apps/api/pyproject.toml', 'utf-8')).toBe(
    '# Nx finds the project by this file. What it needs to run is listed elsewhere, as before.\n[tool.fastapi-validate]\n',
  );
  expect(readJson(tree, 'apps/api/project.json').name).toBe('api');
  expect(commandsOf(tree)).toEqual({
    install: 'python -m pip install -r requirements.txt',
    serve: 'python -m uvicorn app.main:app --reload',
    test: 'python -m pytest',
  });
  expect(shown).toContain('api: 3 Python files in apps/api, run with pip\n');
  expect(shown).toContain('  validate finds no faults\n');
});

test('a project of Poetry is run by it', async () => {
  const pyproject =
    '[tool.poetry]\nname = "books"\n\n[tool.poetry.dependencies]\npython = "^3.11"\nfastapi = { version = "*", extras = ["standard"] }\npydantic = "*"\n\n' +
    '[tool.poetry.group.dev.dependencies]\nmypy = "*"\n\n[tool.ruff]\n';
  const { tree, shown } = await convert(diskWorkspace({ ...code, 'apps/api/pyproject.toml': pyproject }));
  expect(commandsOf(tree)).toEqual({
    install: 'poetry install',
    serve: 'poetry run uvicorn app.main:app --reload',
    typecheck: 'poetry run mypy .',
  });
  expect(shown).toContain('  ruff has settings, but is no dependency: poetry add --group dev ruff, then run this again for its target\n');
  expect(shown).not.toContain('uvicorn is no dependency');
});

test.each([
  ['apps/api/pdm.lock', 'pdm run '],
  ['apps/api/Pipfile', 'pipenv run '],
])('with %s the command starts with %s', async (file, start) => {
  const { tree } = await convert(diskWorkspace({ ...code, [file]: '[packages]\nfastapi = "*"\n' }));
  expect(commandsOf(tree)['serve']).toBe(`${start}uvicorn app.main:app --reload`);
});

test('what project.json has stays', async () => {
  const disk = diskWorkspace({
    ...withUv,
    'apps/api/project.json': '{ "name": "api", "tags": ["x"], "targets": { "serve": { "command": "make" } } }',
  });
  const { tree } = await convert(disk);
  expect(readJson(tree, 'apps/api/project.json')).toMatchObject({ name: 'api', tags: ['x'], targets: { serve: { command: 'make' } } });
  expect(Object.keys(commandsOf(tree))).toEqual(['install', 'serve', 'test', 'typecheck', 'lint']);
});

test('another application is served when asked for, or when pyproject.toml names it', async () => {
  const other = {
    'apps/api/src/admin/__init__.py': '',
    'apps/api/src/admin/web.py': 'from fastapi import FastAPI\n\ndef make() -> FastAPI:\n    return FastAPI()\n',
  };
  const disk = diskWorkspace({ ...withUv, ...other });
  expect((await convert(disk)).shown).toContain('  application: app.main:app (there are also admin.web:make: choose with --app)\n');
  expect(commandsOf((await convert(disk, { app: 'admin.web:make' })).tree)['serve']).toBe(
    'uv run uvicorn admin.web:make --reload --factory --app-dir src',
  );
  const stated = {
    ...withUv,
    ...other,
    'apps/api/pyproject.toml': `${withUv['apps/api/pyproject.toml']}\n[tool.fastapi]\nentrypoint = "admin.web:make"\n`,
  };
  expect((await convert(diskWorkspace(stated))).shown).toContain('  application: admin.web:make\n');
});

test('without an application there is nothing to serve', async () => {
  const { tree, shown } = await convert(diskWorkspace({ 'apps/api/job.py': 'print(1)\n' }));
  expect(commandsOf(tree)).toEqual({});
  expect(shown).toContain('  no FastAPI application was found, so there is no serve: name it with --app module:attribute\n');
});

const faulty = {
  ...withUv,
  'apps/api/app/books.py': 'from pydantic import BaseModl\n\n\nclass Book(BaseModl):\n    title: str = missing\n',
  'apps/api/tool.py': 'import app.nothing\n\nprint(app)\n',
};

test('what validate finds is said', async () => {
  const { shown, paths } = await convert(diskWorkspace(faulty));
  expect(paths).not.toContain('apps/api/pyproject.toml');
  const lines = shown.split('\n');
  const start = lines.findIndex((line) => line.startsWith('  validate finds'));
  expect(lines.slice(start).map((line) => line.replace(/(:\d+:\d+: \S+).*/, '$1'))).toEqual([
    '  validate finds 2 faults',
    '    apps/api/app/books.py:5:18: undefined-name',
    '    apps/api/tool.py:1:8: unresolved-import',
    '  to begin with a passing validate, and fail on new faults only: run this again with --baseline',
    '',
  ]);
});

test('a baseline leaves out what is found today, file by file, and keeps the rest of pyproject.toml', async () => {
  const disk = diskWorkspace(faulty);
  const { tree, shown } = await convert(disk, { baseline: true });
  expect(tree.read('apps/api/pyproject.toml', 'utf-8')).toBe(
    `${faulty['apps/api/pyproject.toml']}\n[tool.fastapi-validate.per-path-ignores]\n"app/books.py" = ["undefined-name"]\n"/tool.py" = ["unresolved-import"]\n`,
  );
  expect(shown).toContain(
    '  baseline: 2 faults in 2 files left out by [tool.fastapi-validate] in apps/api/pyproject.toml\n  validate finds no faults\n',
  );
  disk.flush(tree);
  expect((await convert(disk)).shown).toContain('  validate finds no faults\n');
});

test('a baseline on top of ignores that are there adds to them', async () => {
  const pyproject = `${faulty['apps/api/pyproject.toml']}\n[tool.fastapi-validate.per-path-ignores]\n"app/books.py" = ["import-cycle"] # known\n`;
  const { tree } = await convert(diskWorkspace({ ...faulty, 'apps/api/pyproject.toml': pyproject }), { baseline: true });
  expect(tree.read('apps/api/pyproject.toml', 'utf-8')).toBe(
    pyproject.replace('["import-cycle"] # known\n', '["import-cycle", "undefined-name"] # known\n"/tool.py" = ["unresolved-import"]\n'),
  );
});

test.each<readonly [string, Readonly<Record<string, string>>, Partial<ConvertGeneratorSchema>, string]>([
  ['a folder that is not there', {}, {}, 'There is no folder apps/api. Name the one that has the project’s code.'],
  ['a folder without code', { 'apps/api/README.md': '' }, {}, 'apps/api has no Python file.'],
  [
    'a service of ours',
    { ...withUv, 'apps/api/service.yaml': 'service: api\n' },
    {},
    'To bring it up to date: nx g @org/fastapi:project apps/api',
  ],
  ['a broken pyproject.toml', { ...code, 'apps/api/pyproject.toml': '[project\n' }, {}, 'apps/api/pyproject.toml is no TOML, line 2: '],
  [
    'settings with a fault',
    { ...code, 'apps/api/pyproject.toml': '[tool.fastapi-validate]\nignor = []\n' },
    {},
    'apps/api/pyproject.toml: `tool.fastapi-validate` has no key `ignor`. Did you mean `ignore`?',
  ],
  ['an application that is none', withUv, { app: 'app/main.py' }, '"app/main.py" names no application. Write it as uvicorn takes it'],
  [
    'a name that is taken',
    { ...withUv, 'apps/x/project.json': '{ "name": "book-api" }' },
    {},
    'The name "book-api" is taken by the project in apps/x',
  ],
])('%s is refused', async (_, files, options, message) => {
  expect(await refusal(files, options)).toContain(message.replace('’', "'"));
});
