import { readJson, readNxJson, updateNxJson, writeJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pluginVersion } from '../../plugin-version';
import { inferTargets } from '../../plugins/infer-targets';
import { normalizeOptions } from '../../plugins/normalize-options';
import { initGenerator } from './generator';

const ignored =
  '# Python\n.venv/\n__pycache__/\n.import_linter_cache/\n.mypy_cache/\n.pytest_cache/\n.ruff_cache/\n**/.fastapi/surface.json\n**/.fastapi/validate.sarif\n';

function workspace(gitignore?: string): Tree {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  if (gitignore !== undefined) tree.write('.gitignore', gitignore);
  return tree;
}

const textsOf = (tree: Tree) =>
  Object.fromEntries(['nx.json', '.gitignore', 'package.json'].map((file) => [file, tree.read(file, 'utf-8')]));

test('the plugin, the ignored files and the package are added', async () => {
  const tree = workspace('node_modules');
  await initGenerator(tree, {});
  expect(readNxJson(tree)?.plugins).toEqual([{ plugin: '@org/fastapi', options: {} }]);
  expect(tree.read('.gitignore', 'utf-8')).toBe(`node_modules\n\n${ignored}`);
  expect(readJson(tree, 'package.json').devDependencies).toEqual({ '@org/fastapi': pluginVersion });
});

test('run again, it changes nothing', async () => {
  const tree = workspace();
  await initGenerator(tree, {});
  const before = textsOf(tree);
  await initGenerator(tree, {});
  expect(textsOf(tree)).toEqual(before);
  expect(before['.gitignore']).toContain(ignored);
});

test('an entry of the plugin with options stays as it is', async () => {
  const tree = workspace();
  const entry = { plugin: '@org/fastapi', options: { testTargetName: 'pytest' } };
  updateNxJson(tree, { ...readNxJson(tree), plugins: [entry] });
  await initGenerator(tree, {});
  expect(readNxJson(tree)?.plugins).toEqual([entry]);
});

test('rows that ignore the same in another spelling are not added twice', async () => {
  const tree = workspace(
    '.venv\n**/__pycache__\n.import_linter_cache\n.mypy_cache/\n.pytest_cache\n.ruff_cache\n**/.fastapi/surface.json\n**/.fastapi/validate.sarif\n',
  );
  const before = tree.read('.gitignore', 'utf-8');
  await initGenerator(tree, {});
  expect(tree.read('.gitignore', 'utf-8')).toBe(before);
});

test('what is ignored at the top alone does not do for the projects below', async () => {
  const tree = workspace(`${ignored.replaceAll('**/', '')}`);
  await initGenerator(tree, {});
  expect(tree.read('.gitignore', 'utf-8')).toContain('# Python\n**/.fastapi/surface.json\n**/.fastapi/validate.sarif\n');
});

test('with keepExistingVersions the version in package.json stays', async () => {
  const tree = workspace();
  writeJson(tree, 'package.json', { name: 'workspace', devDependencies: { '@org/fastapi': 'file:fastapi.tgz' } });
  await initGenerator(tree, { keepExistingVersions: true, skipFormat: true });
  expect(readJson(tree, 'package.json').devDependencies).toEqual({ '@org/fastapi': 'file:fastapi.tgz' });
});

test('a workspace without package.json is made ready, too', async () => {
  const tree = workspace();
  tree.delete('package.json');
  await initGenerator(tree, {});
  expect(readNxJson(tree)?.plugins).toEqual([{ plugin: '@org/fastapi', options: {} }]);
  expect(tree.exists('package.json')).toBe(false);
});

test('with sync, nx sync:check compares services with their specs', async () => {
  const tree = workspace();
  updateNxJson(tree, { ...readNxJson(tree), sync: { applyChanges: true, globalGenerators: ['other:sync'] } });
  for (let run = 0; run < 2; run += 1) {
    await initGenerator(tree, { sync: true });
    expect(readNxJson(tree)?.sync).toEqual({ applyChanges: true, globalGenerators: ['other:sync', '@org/fastapi:sync'] });
  }
});

describe('continuous integration', () => {
  const files = ['.github/workflows/ci.yml', '.gitlab-ci.yml', '.pre-commit-config.yaml'];
  const targets = (names: Record<string, string> = {}) =>
    Object.keys(inferTargets({ names: normalizeOptions(names), rules: '', hasImportContracts: true }));
  /** Every command of a file that asks Nx for targets. */
  const commandsIn = (text: string): readonly string[] => text.match(/npx nx .*/g) ?? [];
  const targetsIn = (text: string) => commandsIn(text).map((command) => command.slice(command.indexOf(' -t ') + 4).split(' '));

  test('is not asked for', async () => {
    const tree = workspace();
    await initGenerator(tree, {});
    expect(files.filter((file) => tree.exists(file))).toEqual([]);
  });

  test.each(['github', 'gitlab'])('of %s is YAML and names targets that there are', async (ci) => {
    const tree = workspace();
    await initGenerator(tree, { ci, preCommit: true });
    const written = files.filter((file) => tree.exists(file));
    expect(written).toEqual([ci === 'github' ? files[0] : files[1], files[2]]);
    for (const file of written) {
      const text = tree.read(file, 'utf-8')!;
      expect(parse(text)).toBeInstanceOf(Object);
      expect(targetsIn(text).length).toBeGreaterThan(0);
      expect(
        targetsIn(text)
          .flat()
          .filter((target) => !targets().includes(target)),
      ).toEqual([]);
    }
    expect(targetsIn(tree.read(written[0]!, 'utf-8')!)).toEqual([['lint', 'typecheck', 'test', 'validate'], ['test']]);
    expect(targetsIn(tree.read(files[2]!, 'utf-8')!)).toEqual([['lint', 'typecheck', 'validate']]);
  });

  test('names the targets as the workspace does, and installs as it does', async () => {
    const tree = workspace();
    const names = { testTargetName: 'pytest' };
    updateNxJson(tree, { ...readNxJson(tree), defaultBase: 'trunk', plugins: [{ plugin: '@org/fastapi', options: names }] });
    await initGenerator(tree, { ci: 'github' });
    const text = tree.read(files[0]!, 'utf-8')!;
    expect(targetsIn(text)).toEqual([['lint', 'typecheck', 'pytest', 'validate'], ['pytest']]);
    expect(parse(text)).toMatchObject({ on: { push: { branches: ['trunk'] } } });
    expect(text).toContain('- run: npm ci\n');
  });

  test('that is there stays', async () => {
    const tree = workspace();
    for (const file of files) tree.write(file, 'mine');
    await initGenerator(tree, { ci: 'github', preCommit: true });
    await initGenerator(tree, { ci: 'gitlab', preCommit: true });
    expect(files.map((file) => tree.read(file, 'utf-8'))).toEqual(['mine', 'mine', 'mine']);
  });

  test('of others is refused', async () => {
    await expect(initGenerator(workspace(), { ci: 'circle' })).rejects.toThrow('--ci "circle" is none of none, github, gitlab.');
  });
});
