import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateNodesResult } from '@nx/devkit';
import { rulesVersion } from '@org/validator';
import { beforeEach, expect, test } from 'vitest';
import { workspaceDataDirectory } from '../nx-compat';
import { temporaryFolder } from '../testing/temporary-folder';
import type { FastApiPluginOptions } from './normalize-options';
import { createNodes, createNodesV2 } from './plugin';

const cacheFile = join(workspaceDataDirectory, 'fastapi.hash');
const shop = { 'apps/shop/service.yaml': 'service: shop\nentities: {}\n', 'apps/shop/pyproject.toml': '[project]\nname = "shop"\n' };

/** The nodes of the workspace's `service.yaml` files. */
async function nodesOf(
  root: string,
  { files = ['apps/shop/service.yaml'], options }: { files?: readonly string[]; options?: FastApiPluginOptions } = {},
) {
  return createNodes[1](files, options, { workspaceRoot: root, nxJsonConfiguration: {} });
}

const projectOf = (nodes: readonly (readonly [string, CreateNodesResult])[]) => nodes[0]?.[1].projects?.['apps/shop'];
const cachedProjects = () => Object.keys((JSON.parse(readFileSync(cacheFile, 'utf8')) as { entries: object }).entries).length;

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
                  '{projectRoot}/**/.fastapi/manifest.json',
                  ...unread,
                  { dependentTasksOutputFiles: '**/.fastapi/surface.json', transitive: false },
                  none,
                ],
                outputs: ['{projectRoot}/.fastapi/surface.json', '{projectRoot}/.fastapi/validate.sarif'],
                options: { rules: rulesVersion },
                metadata: {
                  technologies: ['python', 'fastapi'],
                  description: 'Checks the imports, names and syntax of every Python file, without running any',
                  help: { command: 'nx run <project>:validate --help', example: { options: { format: 'concise' } } },
                },
              },
              test: {
                cache: true,
                inputs: ['{projectRoot}/**/*', ...leftovers, { env: 'TEST_DATABASE_URL' }, { env: 'UV_PYTHON' }, none],
                outputs: [],
                ...uv('uv run pytest', 'Runs the tests', 'uv run pytest --help'),
              },
              typecheck: {
                cache: true,
                inputs: [
                  ...python,
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
            },
          },
        },
      },
    ],
  ]);
});

test('the targets are called as the options say', async () => {
  const options = { validateTargetName: 'check', testTargetName: 'pytest' };
  const project = projectOf(await nodesOf(temporaryFolder(shop), { options }));
  expect(Object.keys(project?.targets ?? {})).toEqual(['install', 'check', 'pytest', 'typecheck', 'lint', 'serve', 'migrate']);
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

test.each([
  ['a service.yaml of another tool', { ...shop, 'apps/shop/service.yaml': 'apiVersion: v1\nkind: Service\n' }],
  ['an empty service.yaml', { ...shop, 'apps/shop/service.yaml': '' }],
  ['a spec that nothing was made from', { 'apps/shop/service.yaml': shop['apps/shop/service.yaml'] }],
])('%s is no project', async (_, files) => {
  expect(await nodesOf(temporaryFolder(files))).toEqual([['apps/shop/service.yaml', {}]]);
});

test('what lies in .venv and node_modules is no project', async () => {
  const files = ['apps/shop/.venv/x/service.yaml', 'node_modules/x/service.yaml'];
  const root = temporaryFolder(
    Object.fromEntries(
      files.flatMap((file) => [
        [file, 'service: x\n'],
        [file.replace('service.yaml', 'pyproject.toml'), ''],
      ]),
    ),
  );
  expect(await nodesOf(root, { files })).toEqual(files.map((file) => [file, {}]));
});

test('two runs give the same, byte for byte', async () => {
  const root = temporaryFolder(shop);
  expect(JSON.stringify(await nodesOf(root))).toBe(JSON.stringify(await nodesOf(root)));
});

test('an edit of the spec that leaves the name alone is answered from the cache, another name is not', async () => {
  const root = temporaryFolder(shop);
  await nodesOf(root);
  writeFileSync(join(root, 'apps/shop/service.yaml'), 'service: shop\nentities: { Book: {} }\n');
  await nodesOf(root);
  expect(cachedProjects()).toBe(1);
  writeFileSync(join(root, 'apps/shop/service.yaml'), 'service: store\n');
  expect(projectOf(await nodesOf(root))).toHaveProperty('name', 'store');
  expect(cachedProjects()).toBe(2);
});

test('Nx 21 and 22 find it under its former name', () => {
  expect(createNodesV2).toBe(createNodes);
});
