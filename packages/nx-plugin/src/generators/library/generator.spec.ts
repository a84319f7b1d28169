import { readJson, readNxJson, updateNxJson, writeJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { readPythonPins } from '@org/generator-core';
import { afterEach, expect, test, vi } from 'vitest';
import { diskWorkspace } from '../../testing/disk-workspace';
import { fakeUv } from '../../testing/fake-uv';
import { refusalOf } from '../../testing/refusal-of';
import { shownText } from '../../testing/shown-text';
import { libraryGenerator } from './generator';
import { buildBackend } from './library-files';
import type { LibraryGeneratorSchema } from './schema';

const shop =
  '[project]\nname = "shop"\nversion = "0.1.0"\ndependencies = [\n    "fastapi", # the framework\n]\n\n[tool.uv]\npackage = false\n\n# ours\n[tool.ruff]\n';
const shopWithMoney =
  '[project]\nname = "shop"\nversion = "0.1.0"\ndependencies = [\n    "fastapi", # the framework\n    "money",\n]\n\n[tool.uv]\npackage = false\n\n[tool.uv.sources]\nmoney = { path = "../../libs/money", editable = true }\n\n# ours\n[tool.ruff]\n';
const pythonProject = (name: string, more = '') => `[project]\nname = "${name}"\nversion = "0.1.0"\ndependencies = []\n${more}`;

function workspace(files: Readonly<Record<string, string>> = {}): Tree {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  for (const [path, text] of Object.entries(files)) tree.write(path, text);
  return tree;
}

const asked = { directory: 'libs/money', skipInstall: true };

async function generate(tree: Tree, options: Partial<LibraryGeneratorSchema> = {}): Promise<string> {
  const shown = shownText();
  await libraryGenerator(tree, { ...asked, ...options });
  return shown();
}

const refusal = (tree: Tree, options: Partial<LibraryGeneratorSchema> = {}) =>
  refusalOf(tree, () => libraryGenerator(tree, { ...asked, ...options }));
const textOf = (tree: Tree, path: string) => tree.read(path, 'utf-8');
const filesBelow = (tree: Tree, folder: string) =>
  tree
    .listChanges()
    .map(({ path }) => path)
    .filter((path) => path.startsWith(`${folder}/`))
    .sort();

afterEach(() => vi.unstubAllEnvs());

test('a library is a package with a module, its test, and its targets', async () => {
  const tree = workspace();
  const shown = await generate(tree, { directory: 'libs/acme-money', description: 'Amounts  of\nmoney.' });
  expect(filesBelow(tree, 'libs')).toEqual([
    'libs/acme-money/.dockerignore',
    'libs/acme-money/.gitignore',
    'libs/acme-money/README.md',
    'libs/acme-money/project.json',
    'libs/acme-money/pyproject.toml',
    'libs/acme-money/src/acme_money/__init__.py',
    'libs/acme-money/src/acme_money/py.typed',
    'libs/acme-money/src/acme_money/slug.py',
    'libs/acme-money/tests/test_slug.py',
  ]);
  expect(textOf(tree, 'libs/acme-money/pyproject.toml')).toContain(
    'name = "acme-money"\nversion = "0.1.0"\ndescription = "Amounts of money."\n',
  );
  expect(textOf(tree, 'libs/acme-money/tests/test_slug.py')).toContain('from acme_money.slug import make_slug\n');
  const { targets, ...project } = readJson(tree, 'libs/acme-money/project.json') as { targets: Record<string, { command: string }> };
  expect(project).toEqual({
    $schema: '../../node_modules/nx/schemas/project-schema.json',
    name: 'acme-money',
    projectType: 'library',
    sourceRoot: 'libs/acme-money/src',
  });
  expect(Object.fromEntries(Object.entries(targets).map(([name, { command }]) => [name, command]))).toEqual({
    install: 'uv sync',
    test: 'uv run pytest',
    typecheck: 'uv run mypy',
    lint: 'uv run ruff check . && uv run ruff format --check .',
  });
  expect(targets['test']).toMatchObject({ cache: true, outputs: [], options: { cwd: '{projectRoot}' } });
  expect(readNxJson(tree)?.plugins).toEqual([{ plugin: '@org/fastapi', options: {} }]);
  expect(shown).toBe(
    [
      '',
      'acme-money: a package in libs/acme-money, imported as acme_money',
      '  to use it in a project: nx g @org/fastapi:library libs/acme-money --usedBy=NAME',
      '  to do: uv lock (in libs/acme-money)',
      '  to do: uv sync --locked (in libs/acme-money)',
      '  after a change of the dependencies of libs/acme-money: uv lock, in the folder of each project that uses it',
      '',
    ].join('\n'),
  );
});

test('the targets are called as in the rest of the workspace', async () => {
  const tree = workspace();
  updateNxJson(tree, { ...readNxJson(tree), plugins: [{ plugin: '@org/fastapi', options: { testTargetName: 'pytest' } }] });
  await generate(tree);
  expect(Object.keys(readJson(tree, 'libs/money/project.json').targets)).toEqual(['install', 'pytest', 'typecheck', 'lint']);
});

test('uv needs no download to build it: its own build backend is in the range', () => {
  const [, from, to] = />=(\d+\.\d+)\.0,<(\d+\.\d+)$/.exec(buildBackend) ?? [];
  const [major, minor] = readPythonPins().uv.split('.').map(Number);
  expect([from, to]).toEqual([`${major}.${minor}`, `${major}.${Number(minor) + 1}`]);
});

test('a project that uses it says so in its pyproject.toml, and keeps all else', async () => {
  const tree = workspace({ 'apps/shop/pyproject.toml': shop });
  const shown = await generate(tree, { usedBy: ['shop'] });
  expect(textOf(tree, 'apps/shop/pyproject.toml')).toBe(shopWithMoney);
  expect(shown).toContain('  used by shop\n');
  expect(shown).toContain('  to do: uv lock (in apps/shop)\n');
});

test('run again, it changes nothing; for another project, only that one', async () => {
  const tree = workspace({ 'apps/shop/pyproject.toml': shop, 'apps/store/pyproject.toml': pythonProject('store') });
  await generate(tree, { usedBy: ['shop'] });
  const before = tree.listChanges();
  await generate(tree, { usedBy: ['apps/shop'] });
  expect(tree.listChanges()).toEqual(before);
  tree.write('libs/money/src/money/slug.py', '# edited\n');
  const shown = await generate(tree, { usedBy: ['shop', 'store'] });
  expect(shown).toContain('money: libs/money is there already, and its files are left as they are');
  expect(textOf(tree, 'libs/money/src/money/slug.py')).toBe('# edited\n');
  expect(textOf(tree, 'apps/shop/pyproject.toml')).toBe(shopWithMoney);
  expect(textOf(tree, 'apps/store/pyproject.toml')).toContain('dependencies = ["money"]');
});

test('a project is found by the name that its files give it', async () => {
  const tree = workspace({
    'apps/a/pyproject.toml': pythonProject('x'),
    'apps/a/project.json': '{ "name": "alpha" }',
    'apps/b/pyproject.toml': pythonProject('y'),
    'apps/b/service.yaml': 'service: beta\n',
  });
  await generate(tree, { usedBy: ['alpha', 'beta'] });
  for (const folder of ['apps/a', 'apps/b']) expect(textOf(tree, `${folder}/pyproject.toml`)).toContain('dependencies = ["money"]');
});

test('in a uv workspace it is a member, and members use it as one; others by its path', async () => {
  const tree = workspace({
    'pyproject.toml': '[tool.uv.workspace]\nmembers = ["apps/*"] # ours\nexclude = ["apps/old"]\n',
    'apps/shop/pyproject.toml': pythonProject('shop'),
    'apps/old/pyproject.toml': pythonProject('old'),
  });
  const shown = await generate(tree, { usedBy: ['shop', 'old'] });
  expect(textOf(tree, 'pyproject.toml')).toBe('[tool.uv.workspace]\nmembers = ["apps/*", "libs/money"] # ours\nexclude = ["apps/old"]\n');
  expect(textOf(tree, 'apps/shop/pyproject.toml')).toContain('[tool.uv.sources]\nmoney = { workspace = true }\n');
  expect(textOf(tree, 'apps/old/pyproject.toml')).toContain('money = { path = "../../libs/money", editable = true }\n');
  expect(shown.split('\n').filter((line) => line.includes('to do'))).toEqual([
    '  to do: uv lock (in .)',
    '  to do: uv lock (in apps/old)',
    '  to do: uv sync --locked (in apps/old)',
  ]);
});

test.each([
  [
    'Poetry alone',
    '[tool.poetry]\nname = "shop"\n\n[tool.poetry.dependencies]\npython = "^3.11"\n',
    '[tool.poetry]\nname = "shop"\n\n[tool.poetry.dependencies]\npython = "^3.11"\nmoney = { path = "../../libs/money", develop = true }\n',
  ],
  [
    'Poetry with [project]',
    '[project]\nname = "shop"\ndependencies = []\n\n[tool.poetry]\npackage-mode = false\n',
    '[project]\nname = "shop"\ndependencies = ["money"]\n\n[tool.poetry]\npackage-mode = false\n\n[tool.poetry.dependencies]\nmoney = { path = "../../libs/money", develop = true }\n',
  ],
])('%s is told in its own way', async (_, before, after) => {
  const tree = workspace({ 'apps/shop/pyproject.toml': before });
  const shown = await generate(tree, { usedBy: ['shop'] });
  expect(textOf(tree, 'apps/shop/pyproject.toml')).toBe(after);
  expect(shown).toContain('  to do: poetry lock && poetry install (in apps/shop)');
});

test('an image that does not find it is said, with the lines that mend it', async () => {
  const tree = workspace({
    'apps/shop/pyproject.toml': shop,
    'apps/shop/Dockerfile': 'FROM python AS build\nWORKDIR /srv\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked\n',
  });
  expect(await generate(tree, { usedBy: ['shop'] })).toContain(
    [
      '  apps/shop/Dockerfile: the image is built from apps/shop alone, where libs/money is not. What to do:',
      '    in the stage with `uv sync`, put in the place of WORKDIR /srv:',
      '        ENV UV_PROJECT_ENVIRONMENT=/srv/.venv',
      '        WORKDIR /workspace/apps/shop',
      '        COPY --from=money . /workspace/libs/money',
      '    add --no-editable to that `uv sync`, and build with: docker build --build-context money=libs/money apps/shop',
    ].join('\n'),
  );
  tree.write(
    'apps/shop/Dockerfile',
    'FROM python AS build\nWORKDIR /workspace/apps/shop\nCOPY --from=money . /workspace/libs/money\nRUN uv sync --locked --no-editable\n',
  );
  expect(await generate(tree, { usedBy: ['shop'] })).not.toContain('Dockerfile');
  expect(await generate(tree, { directory: 'libs/rates', usedBy: ['shop'] })).toContain(
    'before its `uv sync`, add:\n        COPY --from=rates . /workspace/libs/rates\n    and build with: docker build --build-context rates=libs/rates apps/shop',
  );
});

test('it is locked and installed, and so are its users, and theirs', async () => {
  const uv = fakeUv();
  const disk = diskWorkspace({
    'apps/shop/pyproject.toml': pythonProject('shop', '[tool.uv.sources]\nbilling = { path = "../../libs/billing" }\n'),
    'apps/other/pyproject.toml': pythonProject('other'),
    'libs/billing/pyproject.toml': pythonProject('billing'),
  });
  const tree = disk.openTree();
  const shown = shownText();
  const callback = await libraryGenerator(tree, { directory: 'libs/money', usedBy: ['billing'] });
  disk.flush(tree);
  await callback();
  expect(uv().slice(2)).toEqual(['lock', 'sync --locked', 'lock', 'sync --locked', 'lock', 'sync --locked']);
  expect(
    shown()
      .split('\n')
      .filter((line) => line.includes(': uv lock') && !line.includes('after')),
  ).toEqual(['libs/money: uv lock', 'libs/billing: uv lock', 'apps/shop: uv lock']);
});

test('a lock that fails says what uv said, and the files stay', async () => {
  fakeUv({ lock: 'echo "error: no such index"; exit 2' });
  const disk = diskWorkspace();
  const tree = disk.openTree();
  shownText();
  const callback = await libraryGenerator(tree, { directory: 'libs/money' });
  disk.flush(tree);
  expect(await refusalOf(disk.openTree(), async () => callback())).toBe(
    'The files are written, but `uv lock` in libs/money ended with code 2.\n  error: no such index\n' +
      'What to do: mend what uv names (`requires-python` of the library and of its users must fit together, and the package index be within reach), then run `uv lock` in libs/money.',
  );
});

test('a dry run asks uv for nothing', async () => {
  const uv = fakeUv();
  vi.stubEnv('NX_DRY_RUN', 'true');
  shownText();
  const callback = await libraryGenerator(workspace(), { directory: 'libs/money' });
  await callback();
  expect(uv()).toEqual(['']);
});

test.each([
  ['libs/json', 'Python, or a package that services use, has a module json. Choose another with --name, such as acme-json.'],
  ['libs/fastapi', 'services use the package fastapi from the index.'],
  ['libs/app', 'services have a module app of their own.'],
  ['libs/import', 'import is a keyword of Python.'],
  ['libs/3money', 'Start it with a letter, and use letters, digits, "-" and "_" only: --name acme-money.'],
])('%s does not do as a name', async (directory, why) => {
  expect(await refusal(workspace(), { directory })).toContain(why);
});

test('a name that another project has is refused', async () => {
  const tree = workspace({ 'apps/money/pyproject.toml': pythonProject('money') });
  expect(await refusal(tree)).toBe(
    'The name "money" is taken by the project in apps/money, and Nx needs every name to be the only one. Choose another with --name.',
  );
});

test('a user that is not there is refused, with those that are', async () => {
  const tree = workspace({ 'apps/shop/pyproject.toml': shop, 'pyproject.toml': '[tool.ruff]\n' });
  expect(await refusal(tree, { usedBy: ['store'] })).toBe(
    '--usedBy names "store", and no Python project of the workspace is called so, or lies there. Name one that has a pyproject.toml: shop (apps/shop).',
  );
});

test.each([
  ['requirements.txt alone', '[tool.fastapi-validate]\n', 'has no [project], so that it lists no dependencies.'],
  ['dependencies from elsewhere', '[project]\nname = "shop"\ndynamic = ["dependencies"]\n', 'takes its dependencies from elsewhere'],
])('a user with %s is refused, with the line to write', async (_, text, why) => {
  const said = await refusal(workspace({ 'apps/shop/pyproject.toml': text, 'apps/shop/project.json': '{ "name": "shop" }' }), {
    usedBy: ['shop'],
  });
  expect(said).toContain(why);
  expect(said).toContain('What to do: write the line "-e ../../libs/money" into the file that lists what apps/shop needs');
});

test('another package of the name is not replaced', async () => {
  const tree = workspace({ 'apps/shop/pyproject.toml': `${shop}\n[tool.uv.sources]\nMoney = { git = "x" }\n` });
  expect(await refusal(tree, { usedBy: ['shop'] })).toBe(
    'apps/shop/pyproject.toml has another "Money" in [tool.uv.sources] already. ' +
      'What to do: write money = { path = "../../libs/money", editable = true } there yourself, or give the library another --name.',
  );
});

test('libraries that would use each other are refused', async () => {
  const tree = workspace({
    'libs/money/pyproject.toml': pythonProject('money', '[tool.uv.sources]\nbilling = { path = "../billing" }\n'),
    'libs/billing/pyproject.toml': pythonProject('billing'),
  });
  expect(await refusal(tree, { usedBy: ['billing'] })).toBe(
    'libs/billing cannot use libs/money, because libs/money uses libs/billing. What to do: move what both need into a third library.',
  );
  expect(await refusal(tree, { usedBy: ['money'] })).toBe('libs/money cannot use itself. Leave it out of --usedBy.');
});

test('a folder with a pyproject.toml that names no package is refused', async () => {
  const tree = workspace({ 'libs/money/pyproject.toml': '[tool.ruff]\n' });
  expect(await refusal(tree)).toContain('libs/money/pyproject.toml is there already and names no package');
});

test('files that are in the folder already stay', async () => {
  const tree = workspace({ 'libs/money/README.md': 'Ours.\n' });
  writeJson(tree, 'libs/money/project.json', { name: 'cash' });
  await generate(tree);
  expect(textOf(tree, 'libs/money/README.md')).toBe('Ours.\n');
  expect(readJson(tree, 'libs/money/project.json')).toEqual({ name: 'cash' });
});
