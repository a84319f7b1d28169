import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectGraph, Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { VersionActions } from 'nx/release';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeUv } from '../testing/fake-uv';
import { refusalOf } from '../testing/refusal-of';
import { temporaryFolder } from '../testing/temporary-folder';
import { PyprojectVersionActions } from './pyproject-version-actions';

const { afterAllProjectsVersioned } = PyprojectVersionActions;

const money = '# ours\n[project]\nname = "money" # cash\nversion = "0.1.0"   # now\ndependencies = []\n';
const shop =
  '[project]\nname = "shop"\nversion = "1.0.0"\ndependencies = [\n    "fastapi", # web\n    "Money>=0.1.0", # cash\n]\n\n[dependency-groups]\ndev = [{ include-group = "x" }, "money[test]>=0.1,<0.2"]\nx = []\n\n' +
  '[tool.uv.sources]\nmoney = { path = "../../libs/money", editable = true }\n';

function workspace(files: Readonly<Record<string, string>> = {}): Tree {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  for (const [path, text] of Object.entries({ 'libs/money/pyproject.toml': money, 'apps/shop/pyproject.toml': shop, ...files }))
    tree.write(path, text);
  return tree;
}

const nodeOf = (name: string, root: string) => ({ name, type: 'lib' as const, data: { root } });
const graph: ProjectGraph = { nodes: { money: nodeOf('money', 'libs/money'), shop: nodeOf('shop', 'apps/shop') }, dependencies: {} };

async function actionsOf(tree: Tree, name: 'money' | 'shop'): Promise<PyprojectVersionActions> {
  type Parameters = ConstructorParameters<typeof VersionActions>;
  const config = { manifestRootsToUpdate: [], preserveLocalDependencyProtocols: false } as unknown as Parameters[2];
  const actions = new PyprojectVersionActions({} as Parameters[0], graph.nodes[name]!, config);
  await actions.init(tree);
  await actions.validate(tree);
  return actions;
}

const textOf = (tree: Tree, path: string) => tree.read(path, 'utf-8');

beforeEach(() => afterAllProjectsVersioned('', { dryRun: true }));
afterEach(() => vi.unstubAllEnvs());

test('nx release takes it for what it is', async () => {
  expect(await actionsOf(workspace(), 'money')).toBeInstanceOf(VersionActions);
});

test('the version is read', async () => {
  const actions = await actionsOf(workspace(), 'money');
  expect(await actions.readCurrentVersionFromSourceManifest(workspace())).toEqual({
    currentVersion: '0.1.0',
    manifestPath: 'libs/money/pyproject.toml',
  });
});

test('the new version is written, and every other byte stays', async () => {
  const tree = workspace();
  const log = await (await actionsOf(tree, 'money')).updateProjectVersion(tree, '0.2.0-beta.0');
  expect(textOf(tree, 'libs/money/pyproject.toml')).toBe(money.replace('"0.1.0"', '"0.2.0-beta.0"'));
  expect(log).toEqual(['✍️  New version 0.2.0-beta.0 written to manifest: libs/money/pyproject.toml']);
});

test('a project of Poetry, and one that says its version twice', async () => {
  const poetry = "[tool.poetry]\nname = 'money'\nversion = '0.1.0' # now\n";
  for (const text of [poetry, `${poetry}\n[project]\nname = "money"\nversion = "0.1.0"\n`]) {
    const tree = workspace({ 'libs/money/pyproject.toml': text });
    await (await actionsOf(tree, 'money')).updateProjectVersion(tree, '1.0.0');
    expect(textOf(tree, 'libs/money/pyproject.toml')).toBe(text.replaceAll('0.1.0', '1.0.0'));
  }
});

test.each([
  [
    'a version from elsewhere',
    '[project]\nname = "money"\ndynamic = ["version"]\n',
    'takes its version from elsewhere (`dynamic` has "version")',
  ],
  ['no version', '[project]\nname = "money"\n', 'libs/money/pyproject.toml has no version.'],
  [
    'a version that has no counterpart',
    '[project]\nversion = "1.0.post1"\n',
    'The version "1.0.post1" in libs/money/pyproject.toml cannot be bumped',
  ],
  ['no TOML', '[project\n', 'libs/money/pyproject.toml is no TOML, line 2: '],
])('%s is refused', async (_, text, message) => {
  const tree = workspace({ 'libs/money/pyproject.toml': text });
  const actions = await actionsOf(tree, 'money');
  expect(await refusalOf(tree, () => actions.readCurrentVersionFromSourceManifest(tree))).toContain(message);
  expect(await refusalOf(tree, () => actions.updateProjectVersion(tree, '1.0.0'))).toContain(message);
});

test('a version that is none of Python is refused, and so is a package index as the source of versions', async () => {
  const tree = workspace();
  const actions = await actionsOf(tree, 'money');
  expect(await refusalOf(tree, () => actions.updateProjectVersion(tree, '1.0.0-canary.0'))).toBe(
    'money: "1.0.0-canary.0" is no version of Python (PEP 440). What to do: for a prerelease, use --preid alpha, beta or rc.',
  );
  expect(await refusalOf(tree, () => actions.readCurrentVersionFromRegistry())).toContain(
    'What to do: set release.version.currentVersionResolver to "git-tag" or "disk" in nx.json.',
  );
});

test('a library that is taken by its path is a dependency, though the graph does not know it', async () => {
  const tree = workspace();
  expect(await (await actionsOf(tree, 'shop')).readDependencies(tree, graph)).toEqual([
    { source: 'shop', target: 'money', type: 'static' },
  ]);
  expect(await (await actionsOf(tree, 'money')).readDependencies(tree, graph)).toEqual([]);
});

test('what a project asks of a library is read', async () => {
  const tree = workspace();
  expect(await (await actionsOf(tree, 'shop')).readCurrentVersionOfDependency(tree, graph, 'money')).toEqual({
    currentVersion: 'Money>=0.1.0',
    dependencyCollection: 'dependencies',
  });
  expect(await (await actionsOf(tree, 'money')).readCurrentVersionOfDependency(tree, graph, 'shop')).toEqual({
    currentVersion: null,
    dependencyCollection: null,
  });
});

test('what a project asks of a library follows, where it is certain which version is meant', async () => {
  const tree = workspace();
  const log = await (await actionsOf(tree, 'shop')).updateProjectDependencies(tree, graph, { money: '^0.2.0' });
  expect(textOf(tree, 'apps/shop/pyproject.toml')).toBe(shop.replace('Money>=0.1.0', 'Money>=0.2.0'));
  expect(log).toEqual([
    '✍️  Updated money to 0.2.0 in manifest: apps/shop/pyproject.toml',
    '⚠️  Left as it is in dependency-groups.dev of apps/shop/pyproject.toml: money[test]>=0.1,<0.2. Does it admit money 0.2.0? A range of several clauses is yours to change.',
  ]);
});

test('in groups and in tables of Poetry, too', async () => {
  const text =
    '[project]\nname = "shop"\ndependencies = ["money"]\n\n[dependency-groups]\nx = []\ndev = [{ include-group = "x" }, "money==0.1.0"]\n\n' +
    '[tool.poetry.dependencies]\nmoney = { version = "^0.1.0", path = "../../libs/money" }\n\n[tool.poetry.group.dev.dependencies]\nmoney = "~0.1.0"\n';
  const tree = workspace({ 'apps/shop/pyproject.toml': text });
  await (await actionsOf(tree, 'shop')).updateProjectDependencies(tree, graph, { money: '0.2.0' });
  expect(textOf(tree, 'apps/shop/pyproject.toml')).toBe(text.replaceAll('0.1.0', '0.2.0'));
});

test('what a project and its users have locked is locked anew, once, and the changed locks are told', async () => {
  const uv = fakeUv({ lock: 'case "$PWD" in *money) echo new > uv.lock ;; esac' });
  const root = temporaryFolder({ 'libs/money/uv.lock': 'old\n', 'apps/shop/uv.lock': 'old\n' });
  const tree = workspace();
  for (const name of ['money', 'shop'] as const) await (await actionsOf(tree, name)).updateProjectVersion(tree, '2.0.0');
  expect(await afterAllProjectsVersioned(root, {})).toEqual({ changedFiles: ['libs/money/uv.lock'], deletedFiles: [] });
  expect(uv()).toEqual(['lock', 'lock']);
  expect(await afterAllProjectsVersioned(root, {})).toEqual({ changedFiles: [], deletedFiles: [] });
});

test('members of a uv workspace have one lock', async () => {
  const uv = fakeUv({ lock: 'echo new > uv.lock' });
  const root = temporaryFolder({ 'uv.lock': 'old\n' });
  const tree = workspace({ 'pyproject.toml': '[tool.uv.workspace]\nmembers = ["libs/*", "apps/*"]\n' });
  await (await actionsOf(tree, 'money')).updateProjectVersion(tree, '2.0.0');
  expect(await afterAllProjectsVersioned(root, {})).toEqual({ changedFiles: ['uv.lock'], deletedFiles: [] });
  expect(uv()).toEqual(['lock']);
});

test.each([
  ['a dry run', { dryRun: true }],
  ['the option skipLockFileUpdate', { rootVersionActionsOptions: { skipLockFileUpdate: true } }],
])('%s leaves locks alone', async (_, options) => {
  const uv = fakeUv();
  const root = temporaryFolder({ 'libs/money/uv.lock': 'old\n' });
  const tree = workspace();
  await (await actionsOf(tree, 'money')).updateProjectVersion(tree, '2.0.0');
  expect(await afterAllProjectsVersioned(root, options)).toEqual({ changedFiles: [], deletedFiles: [] });
  expect(uv()).toEqual(['']);
});

test('a lock that fails says what uv said', async () => {
  fakeUv({ lock: 'echo "error: no index"; exit 1' });
  const root = temporaryFolder();
  mkdirSync(join(root, 'libs/money'), { recursive: true });
  writeFileSync(join(root, 'libs/money/uv.lock'), 'old\n');
  const tree = workspace();
  await (await actionsOf(tree, 'money')).updateProjectVersion(tree, '2.0.0');
  expect(await refusalOf(tree, () => afterAllProjectsVersioned(root, {}))).toContain(
    'The versions are written, but libs/money/uv.lock could not be locked anew, and `uv sync --locked` would refuse it:\n  error: no index\n',
  );
});
