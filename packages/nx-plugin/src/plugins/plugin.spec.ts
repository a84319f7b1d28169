import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateNodesResult } from '@nx/devkit';
import { rulesVersion } from '@org/validator';
import { beforeEach, describe, expect, test } from 'vitest';
import { workspaceDataDirectory } from '../nx-plugin-cache';
import { pluginVersion } from '../plugin-version';
import { temporaryFolder } from '../testing/temporary-folder';
import type { FastApiPluginOptions } from './normalize-options';
import { createNodes, createNodesV2 } from './plugin';

const cacheFile = join(workspaceDataDirectory, 'fastapi.hash');
const shop = { 'apps/shop/service.yaml': 'service: shop\nentities: {}\n', 'apps/shop/pyproject.toml': '[project]\nname = "shop"\n' };
const common = { 'libs/common/pyproject.toml': '[project]\nname = "acme-common"\n[build-system]\nrequires = ["hatchling"]\n' };

/** The nodes of these manifests, or of all in the workspace. */
async function nodesOf(
  root: string,
  { files = manifestsIn(root), options }: { files?: readonly string[]; options?: FastApiPluginOptions } = {},
) {
  return createNodes[1](files, options, { workspaceRoot: root, nxJsonConfiguration: {} });
}

function manifestsIn(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /(^|\/)(service\.yaml|pyproject\.toml)$/.test(file));
}

/** Root → name, of all projects. */
async function namesIn(files: Readonly<Record<string, string>>) {
  const nodes = await nodesOf(temporaryFolder(files));
  return Object.fromEntries(nodes.flatMap(([, { projects = {} }]) => Object.entries(projects).map(([root, { name }]) => [root, name])));
}

const pyproject = (name: string) => `[project]\nname = "${name}"\n`;
const projectOf = (nodes: readonly (readonly [string, CreateNodesResult])[]) => nodes[0]?.[1].projects?.['apps/shop'];
const cachedTexts = () => Object.keys((JSON.parse(readFileSync(cacheFile, 'utf8')) as { entries: object }).entries).length - 1;

beforeEach(() => rmSync(cacheFile, { force: true }));

test('a service is a project with all targets', async () => {
  const leftovers = ['!{projectRoot}/**/.venv/**/*', '!{projectRoot}/**/__pycache__/**/*', '!{projectRoot}/**/.*_cache/**/*'];
  const unread = [
    '!{projectRoot}/**/{node_modules,__pycache__,dist,venv,site-packages}/**/*',
    '!{projectRoot}/**/.*/**/*.{py,so,pyd,toml,cfg,ini,txt,in,lock}',
  ];
  const python = ['{projectRoot}/**/*.py', '{projectRoot}/**/*.pyi'];
  const requirements = ['{projectRoot}/pyproject.toml', '{projectRoot}/uv.lock', '{projectRoot}/.python-version'];
  const uv = (command: string, description: string, help: string) => ({
    command,
    options: { cwd: '{projectRoot}' },
    metadata: { technologies: ['python', 'uv'], description, help: { command: help, example: {} } },
  });
  const none = { externalDependencies: [] };
  expect(await nodesOf(temporaryFolder(shop))).toEqual([
    [
      'apps/shop/service.yaml',
      {
        projects: {
          'apps/shop': {
            name: 'shop',
            root: 'apps/shop',
            sourceRoot: 'apps/shop/app',
            projectType: 'application',
            metadata: { technologies: ['python', 'fastapi'], description: 'FastAPI service "shop", from apps/shop/service.yaml' },
            targets: {
              install: uv('uv sync', 'Installs the Python packages of uv.lock into .venv', 'uv sync --help'),
              validate: {
                executor: '@org/fastapi:validate',
                cache: true,
                dependsOn: ['^validate'],
                inputs: [
                  '{projectRoot}/**/*.{py,so,pyd}',
                  '{projectRoot}/**/{pyproject.toml,setup.cfg,pytest.ini,tox.ini,Pipfile}',
                  '{projectRoot}/**/*requirements*.{txt,in}',
                  '{projectRoot}/**/requirements/*.{txt,in}',
                  '{projectRoot}/**/{uv,poetry,pdm}.lock',
                  '{projectRoot}/**/service.yaml',
                  '{projectRoot}/**/.fastapi/manifest.{json,jsonl}',
                  ...unread,
                  { dependentTasksOutputFiles: '**/.fastapi/surface.json', transitive: false },
                  none,
                ],
                outputs: ['{projectRoot}/.fastapi/surface.json', '{projectRoot}/.fastapi/validate.sarif'],
                options: { rules: `${pluginVersion}+rules.${rulesVersion}` },
                metadata: {
                  technologies: ['python', 'fastapi'],
                  description: 'Checks the imports, names and syntax of every Python file, without running any',
                  help: { command: 'nx run <project>:validate --help', example: { options: { format: 'concise' } } },
                },
              },
              test: {
                cache: true,
                inputs: [
                  '{projectRoot}/**/*',
                  ...leftovers,
                  '^{projectRoot}/**/*',
                  { env: 'TEST_DATABASE_URL' },
                  { env: 'UV_PYTHON' },
                  none,
                ],
                outputs: [],
                ...uv('uv run pytest', 'Runs the tests', 'uv run pytest --help'),
              },
              typecheck: {
                cache: true,
                inputs: [
                  ...python,
                  ...python.map((fileset) => `^${fileset}`),
                  ...requirements,
                  '{projectRoot}/mypy.ini',
                  '{projectRoot}/.mypy.ini',
                  ...leftovers,
                  { env: 'UV_PYTHON' },
                  none,
                ],
                outputs: [],
                ...uv('uv run mypy app tests', 'Checks the types', 'uv run mypy --help'),
              },
              lint: {
                cache: true,
                inputs: [...python, ...requirements, '{projectRoot}/ruff.toml', '{projectRoot}/.ruff.toml', ...leftovers, none],
                outputs: [],
                ...uv('uv run ruff check . && uv run ruff format --check .', 'Lints, and checks the formatting', 'uv run ruff --help'),
              },
              serve: {
                continuous: true,
                ...uv(
                  'uv run uvicorn app.main:app --reload --reload-dir app',
                  'Serves the API on port 8000 (another: --port) and restarts it when the code changes',
                  'uv run uvicorn --help',
                ),
              },
              migrate: uv('uv run alembic upgrade head', 'Brings the database up to the newest migration', 'uv run alembic --help'),
              openapi: {
                cache: true,
                inputs: [...python, ...python.map((fileset) => `^${fileset}`), ...requirements, ...leftovers, { env: 'UV_PYTHON' }, none],
                outputs: ['{projectRoot}/openapi.json'],
                ...uv(
                  'uv run python -m app.export_openapi',
                  'Writes openapi.json, the description of the API to commit',
                  'uv run python --help',
                ),
              },
              generate: {
                executor: '@org/fastapi:generate',
                metadata: {
                  technologies: ['python', 'fastapi'],
                  description: 'Brings the service in step with its service.yaml, and keeps what you have edited',
                  help: { command: 'nx run <project>:generate --help', example: { options: { check: true } } },
                },
              },
            },
          },
        },
      },
    ],
  ]);
});

test('import contracts are checked where there are any', async () => {
  const files = { ...shop, 'apps/shop/pyproject.toml': `${shop['apps/shop/pyproject.toml']}\n[tool.importlinter]\nroot_package = "app"\n` };
  expect(projectOf(await nodesOf(temporaryFolder(files)))?.targets?.['lint']).toMatchObject({
    command: 'uv run ruff check . && uv run ruff format --check . && uv run lint-imports --no-logo',
    metadata: { description: 'Lints, and checks the formatting and who imports whom' },
  });
});

test('the targets are called as the options say', async () => {
  const options = { validateTargetName: 'check', testTargetName: 'pytest', generateTargetName: 'make' };
  const project = projectOf(await nodesOf(temporaryFolder(shop), { options }));
  expect(Object.keys(project?.targets ?? {})).toEqual([
    'install',
    'check',
    'pytest',
    'typecheck',
    'lint',
    'serve',
    'migrate',
    'openapi',
    'make',
  ]);
  expect(project?.targets?.['check']?.dependsOn).toEqual(['^check']);
});

test.each(['project.json', 'package.json'])('a name in %s is left to it', async (file) => {
  const root = temporaryFolder({ ...shop, [`apps/shop/${file}`]: '{ "name": "store" }' });
  expect(projectOf(await nodesOf(root))).not.toHaveProperty('name');
});

test.each(['{}', '{ "name": ', 'null'])('a project.json of %j names nothing', async (text) => {
  const root = temporaryFolder({ ...shop, 'apps/shop/project.json': text });
  expect(projectOf(await nodesOf(root))).toHaveProperty('name', 'shop');
});

test('a Python project without a spec can be validated', async () => {
  const [service] = await nodesOf(temporaryFolder(shop));
  const validate = service?.[1].projects?.['apps/shop']?.targets?.['validate'];
  expect(await nodesOf(temporaryFolder(common))).toEqual([
    [
      'libs/common/pyproject.toml',
      {
        projects: {
          'libs/common': {
            name: 'acme-common',
            root: 'libs/common',
            sourceRoot: 'libs/common',
            projectType: 'library',
            targets: { validate },
            metadata: { technologies: ['python'], description: 'Python project "acme-common", from libs/common/pyproject.toml' },
          },
        },
      },
    ],
  ]);
});

test.each<readonly [string, string, object]>([
  ['what is not built is an application', pyproject('tool'), { projectType: 'application' }],
  ['so is a Poetry project without a package', '[tool.poetry]\npackage-mode = false\n[build-system]\n', { projectType: 'application' }],
  [
    'it is described in its own words',
    '[project]\nname = "tool"\ndescription = "Cuts wood"\n',
    { metadata: { technologies: ['python'], description: 'Cuts wood' } },
  ],
])('%s', async (_, text, expected) => {
  const nodes = await nodesOf(temporaryFolder({ 'libs/tool/pyproject.toml': text }));
  expect(nodes[0]?.[1].projects?.['libs/tool']).toMatchObject(expected);
});

test('the sources of a src layout are in src', async () => {
  const nodes = await nodesOf(temporaryFolder({ ...common, 'libs/common/src/acme/common.py': '' }));
  expect(nodes[0]?.[1].projects?.['libs/common']).toHaveProperty('sourceRoot', 'libs/common/src');
});

describe('what is a project, and what it is called', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, object]>([
    ['a service.yaml of another tool is no spec', { ...shop, 'apps/shop/service.yaml': 'apiVersion: v1\n' }, { 'apps/shop': 'shop' }],
    ['an empty service.yaml is none', { ...shop, 'apps/shop/service.yaml': '' }, { 'apps/shop': 'shop' }],
    ['nothing was made from a spec alone', { 'apps/shop/service.yaml': shop['apps/shop/service.yaml'] }, {}],
    ['a spec names the project', { ...shop, 'apps/shop/pyproject.toml': pyproject('other') }, { 'apps/shop': 'shop' }],
    ['Poetry names it', { 'a/pyproject.toml': '[tool.poetry]\nname = "b"\n' }, { a: 'b' }],
    ['the folder names it', { 'libs/a/pyproject.toml': '[build-system]\n' }, { 'libs/a': 'a' }],
    ['settings of tools are no project', { 'a/pyproject.toml': '[tool.ruff]\n' }, {}],
    ['a project.json makes them one', { 'a/b/pyproject.toml': '[tool.ruff]\n', 'a/b/project.json': '{}' }, { 'a/b': 'b' }],
    ['a template is no project', { 'a/pyproject.toml': pyproject('{{ name }}') }, {}],
    ['above a fault of syntax the text counts', { 'a/pyproject.toml': `${pyproject('b')}x = [\n[tool` }, { a: 'b' }],
    ['it may be all fault', { 'a/pyproject.toml': '[project' }, {}],
    ['the root of a workspace of uv is none', { 'pyproject.toml': `${pyproject('all')}[tool.uv.workspace]\nmembers = []\n` }, {}],
    ['nor is a root beside other projects', { 'pyproject.toml': pyproject('all'), 'a/pyproject.toml': pyproject('b') }, { a: 'b' }],
    ['a root alone is one', { 'pyproject.toml': pyproject('all') }, { '.': 'all' }],
    ['so is a service at the root', { 'pyproject.toml': pyproject('x'), 'service.yaml': 'service: shop\n' }, { '.': 'shop' }],
    ['projects may lie in projects', { 'a/pyproject.toml': pyproject('a'), 'a/b/pyproject.toml': pyproject('b') }, { a: 'a', 'a/b': 'b' }],
    ['but not in their tests', { 'a/pyproject.toml': pyproject('a'), 'a/tests/x/pyproject.toml': pyproject('b') }, { a: 'a' }],
    ['tests may be a project', { 'tests/e2e/pyproject.toml': pyproject('e2e') }, { 'tests/e2e': 'e2e' }],
    [
      'so they are with a project.json',
      { 'a/pyproject.toml': pyproject('a'), 'a/tests/pyproject.toml': pyproject('b'), 'a/tests/project.json': '{"name":"c"}' },
      { a: 'a', 'a/tests': undefined },
    ],
    [
      'a name that several state is none',
      { 'libs/a/pyproject.toml': pyproject('x'), 'old/libs/a/pyproject.toml': pyproject('x'), 'b/pyproject.toml': pyproject('b') },
      { 'libs/a': 'libs-a', 'old/libs/a': 'old-libs-a', b: 'b' },
    ],
    [
      'one that a project.json gives keeps it',
      { 'a/pyproject.toml': pyproject('x'), 'b/pyproject.toml': pyproject('b'), 'b/project.json': '{"name":"x"}' },
      { a: 'a', b: undefined },
    ],
  ])('%s', async (_, files, names) => {
    expect(await namesIn(files)).toEqual(names);
  });
});

test('who has a name in common is told of the others', async () => {
  const nodes = await nodesOf(temporaryFolder({ 'a/pyproject.toml': pyproject('x'), 'b/pyproject.toml': pyproject('x') }));
  expect(nodes.map(([, { projects = {} }]) => Object.values(projects)[0]?.metadata?.description)).toEqual([
    'Python project "x", from a/pyproject.toml. It is called by its folder because b has the same name; a "name" in a project.json beside it gives it another',
    'Python project "x", from b/pyproject.toml. It is called by its folder because a has the same name; a "name" in a project.json beside it gives it another',
  ]);
});

test.each([
  '.venv',
  '.tox/py311',
  'node_modules/x',
  'venv/lib/site-packages',
  'build',
  'dist',
  'templates/service',
  '{{ name }}',
  '__name__',
])('what lies in %s is no project', async (folder) => {
  const files = [`apps/shop/${folder}/service.yaml`, `apps/shop/${folder}/pyproject.toml`];
  expect(await nodesOf(temporaryFolder(Object.fromEntries(files.map((file) => [file, 'service: x\n']))), { files })).toEqual([]);
});

test('a manifest that cannot be read is told of, and takes no other with it', async () => {
  const root = temporaryFolder(common);
  mkdirSync(join(root, 'libs/bad/pyproject.toml'), { recursive: true });
  await expect(nodesOf(root)).rejects.toMatchObject({
    errors: [['libs/bad/pyproject.toml', expect.objectContaining({ code: 'EISDIR' }) as Error]],
    partialResults: [['libs/common/pyproject.toml', { projects: { 'libs/common': { name: 'acme-common' } } }]],
  });
});

test('the order of the files changes nothing, byte for byte', async () => {
  const root = temporaryFolder({ ...shop, ...common });
  const files = manifestsIn(root);
  expect(JSON.stringify(await nodesOf(root, { files: files.toReversed() }))).toBe(JSON.stringify(await nodesOf(root, { files })));
});

test('manifests seen before are answered from the cache, others are not', async () => {
  const root = temporaryFolder({ ...shop, ...common });
  const first = await nodesOf(root);
  expect(cachedTexts()).toBe(2);
  utimesSync(cacheFile, 0, 0);
  expect(await nodesOf(root)).toEqual(first);
  expect(statSync(cacheFile).mtimeMs).toBe(0);
  writeFileSync(join(root, 'apps/shop/service.yaml'), 'service: store\n');
  expect(projectOf(await nodesOf(root))).toHaveProperty('name', 'store');
  expect(cachedTexts()).toBe(3);
});

test('a damaged cache is an empty one', async () => {
  const root = temporaryFolder(shop);
  writeFileSync(cacheFile, '{ "entries": ');
  expect(projectOf(await nodesOf(root))).toHaveProperty('name', 'shop');
});

test('Nx 21 and 22 find it under its former name', () => {
  expect(createNodesV2).toBe(createNodes);
});
