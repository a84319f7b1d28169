import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { waitUntil } from '../../tools/run-command.mjs';
import { copyWorkspace, runNx, type Workspace } from '../../tools/setup-workspace.mjs';
import { nxLines } from './set-up/nx-lines';
import { expectSuccess } from './set-up/user';

const withDaemon = { NX_DAEMON: 'true', CI: 'false' };

/** Edges come and go with the files, also while Nx's daemon runs. */
describe.each(nxLines)('Nx $nx: edges in a running daemon', (line) => {
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-daemon-'));
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = copyWorkspace(inject('pristine')[line.nx], join(folder, 'workspace'));
    writeLibrary('shop', 'shop', 'from money.coins import Coin\n\nprint(Coin)\n');
    expect(await targetsOf('shop')).toEqual([]);
  });
  afterAll(async () => {
    await runNx(workspace, ['daemon', '--stop'], { environment: withDaemon });
    rmSync(folder, { recursive: true, force: true });
  });

  function writeLibrary(project: string, module: string, text: string): void {
    const root = join(workspace.folder, 'libs', project);
    mkdirSync(join(root, 'src', module), { recursive: true });
    writeFileSync(join(root, 'pyproject.toml'), `[project]\nname = "${project}"\nversion = "0.1.0"\nrequires-python = ">=3.11"\n`);
    writeFileSync(join(root, 'src', module, '__init__.py'), '');
    writeFileSync(join(root, 'src', module, 'coins.py'), text);
  }

  async function targetsOf(project: string): Promise<readonly string[]> {
    const file = join(folder, 'graph.json');
    expectSuccess(await runNx(workspace, ['graph', `--file=${file}`], { environment: withDaemon }));
    const { graph } = JSON.parse(readFileSync(file, 'utf8'));
    return graph.dependencies[project].map(({ target }: { readonly target: string }) => target);
  }

  /** The daemon hears of a file a moment after it was written. */
  async function settled(project: string, targets: readonly string[]): Promise<readonly string[]> {
    let found: readonly string[] = [];
    await waitUntil(async () => (found = await targetsOf(project)).join() === targets.join(), { timeout: 60_000, interval: 500 });
    return found;
  }

  test('a project that comes after who imports it has its edge at once', async () => {
    writeLibrary('money', 'money', 'class Coin:\n    pass\n');
    expect(await settled('shop', ['money'])).toEqual(['money']);
  });

  test('a project that moves away takes its edge along', async () => {
    rmSync(join(workspace.folder, 'libs/money'), { recursive: true });
    writeLibrary('metal', 'metal', 'class Coin:\n    pass\n');
    expect(await settled('shop', [])).toEqual([]);
  });
});
