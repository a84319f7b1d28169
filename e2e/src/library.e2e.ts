import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../tools/run-command.mjs';
import { ownWorkspace } from './set-up/own-workspace';
import { expectRefusal, expectSuccess, nx, pathOf, read, remove, write } from './set-up/user';

/** Two libraries, one of which uses the other, as somebody makes them who has uv. */
describe('shared libraries', () => {
  beforeAll(async () => {
    for (const folder of ['libs/money', 'libs/billing']) remove(folder);
    expectSuccess(await nx('g', '@org/fastapi:library', 'libs/billing'));
    expectSuccess(await nx('g', '@org/fastapi:library', 'libs/money', '--usedBy=billing'));
  });

  afterAll(() => ['libs/money', 'libs/billing'].forEach(remove));

  test('are checked, typed, linted and tested as they are made', async () => {
    expectSuccess(await nx('run-many', '-t', 'validate', 'typecheck', 'lint', 'test', '-p', 'money', 'billing'));
  });

  test('are installed from their folder: the one can import the other', async () => {
    write('libs/billing/src/billing/slug.py', '"""Slugs of bills."""\n\nfrom money.slug import make_slug\n\n__all__ = ["make_slug"]\n');
    expectSuccess(await nx('run-many', '-t', 'validate', 'typecheck', 'lint', 'test', '-p', 'billing'));
  });

  test('cannot use each other', async () => {
    expectRefusal(await nx('g', '@org/fastapi:library', 'libs/billing', '--usedBy=money'), /libs\/money cannot use libs\/billing/);
  });

  test('are versioned by nx release, with what is asked of them and with their locks', async () => {
    const nxJson = read('nx.json');
    const version = { versionActions: '@org/fastapi/version-actions', currentVersionResolver: 'disk' };
    write('nx.json', JSON.stringify({ ...JSON.parse(nxJson), release: { projects: ['money', 'billing'], version } }));
    write('libs/billing/pyproject.toml', read('libs/billing/pyproject.toml').replace('["money"]', '["money>=0.1.0"] # cash'));
    try {
      expectSuccess(await nx('release', 'version', '0.2.0', '--git-commit=false', '--git-tag=false', '--stage-changes=false'));
    } finally {
      write('nx.json', nxJson);
    }
    expect(read('libs/money/pyproject.toml')).toContain('\nversion = "0.2.0"\n');
    expect(read('libs/billing/pyproject.toml')).toContain('\nversion = "0.2.0"\n');
    expect(read('libs/billing/pyproject.toml')).toContain('\ndependencies = ["money>=0.2.0"] # cash\n');
    for (const folder of ['libs/money', 'libs/billing'])
      expectSuccess(await runCommand('uv', ['lock', '--check'], { folder: pathOf(folder), environment: ownWorkspace().environment }));
  });
});

/** `nx sync:check` compares hashes, and changes nothing. */
test('a service whose spec was changed since it was made is said by nx sync:check', async () => {
  const nxJson = read('nx.json');
  remove('apps/drifted');
  write('apps/drifted/pyproject.toml', '[project]\nname = "drifted"\nversion = "0.1.0"\n');
  write('apps/drifted/service.yaml', 'service: drifted\n');
  // SHA-256 of the spec above, as the generator writes it into the manifest.
  const hash = '6050eb20e7f93ba19cd8a418e88ea4ea55679a0801fca1d4c6274bbac6bf20ba';
  write('apps/drifted/.fastapi/manifest.json', JSON.stringify({ version: 1, generator: '0.1.0', spec: hash, files: {} }));
  try {
    expectSuccess(await nx('g', '@org/fastapi:init', '--sync'));
    expectSuccess(await nx('sync:check'));
    write('apps/drifted/service.yaml', 'service: drifted\n# more\n');
    const result = await nx('sync:check');
    expect(result.status).not.toBe(0);
    expect(result.output).toContain('1 service is out of step with its spec');
    expect(result.output).toContain('nx run drifted:generate');
  } finally {
    write('nx.json', nxJson);
    remove('apps/drifted');
  }
});
