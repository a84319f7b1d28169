import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { copyWorkspace, type Workspace } from '../../tools/setup-workspace.mjs';
import { commitAll } from './set-up/commit-all';
import { nxLines } from './set-up/nx-lines';
import { runValidate } from './set-up/run-validate';
import { libraryAt, moduleOf, usesTax, writeChain } from './set-up/write-chain';

const length = 30;
const libraries = Array.from({ length }, (_, position) => libraryAt(position));

/** Thirty libraries, each of which needs the one before: what a change can break is checked anew, and nothing else. */
describe.each(nxLines)('Nx $nx: thirty libraries in a chain', (line) => {
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-chain-'));
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = copyWorkspace(inject('pristine')[line.nx], join(folder, 'workspace'));
    writeChain(workspace.folder, length);
    await commitAll(workspace);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const edit = (path: string, change: (text: string) => string): void => {
    const file = join(workspace.folder, path);
    const text = readFileSync(file, 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(file, change(text));
  };

  test('all of them are projects, and all are valid', async () => {
    expect(await runValidate(workspace, ['run-many'])).toMatchObject({ status: 0, passed: libraries, replayed: [], failed: [] });
  });

  test('nothing changed: all are replayed', async () => {
    expect(await runValidate(workspace, ['run-many'])).toMatchObject({ status: 0, passed: [], replayed: libraries, failed: [] });
  });

  test('the body of a function in the first: one is run, the others are replayed', async () => {
    edit(moduleOf(0), (text) => text.replace('amount // 5', 'amount // 4'));
    expect(await runValidate(workspace, ['run-many', '--no-batch'])).toMatchObject({
      status: 0,
      passed: [libraryAt(0)],
      replayed: libraries.slice(1),
      failed: [],
    });
  });

  test('in a batch the verdicts are the same', async () => {
    edit(moduleOf(0), (text) => text.replace('amount // 4', 'amount // 3'));
    expect(await runValidate(workspace, ['run-many'])).toMatchObject({ status: 0, failed: [] });
  });

  test('a README changes nothing', async () => {
    await commitAll(workspace);
    edit('libs/lib-00/README.md', (text) => `${text}More.\n`);
    expect(await runValidate(workspace, ['affected', '--base=HEAD'])).toMatchObject({ status: 0, passed: [], failed: [] });
  });

  test('a name is removed: exactly those that import it fail, at the line', async () => {
    edit(moduleOf(0), (text) => text.replace('def tax(', 'def taxes('));
    const users = libraries.filter((_, position) => usesTax(position));
    const result = await runValidate(workspace, ['affected', '--base=HEAD']);
    expect(result).toMatchObject({ status: 1, failed: users });
    for (const [position] of libraries.entries()) {
      const finding = `${moduleOf(position)}:1:`;
      expect(result.output.includes(finding), finding).toBe(usesTax(position));
    }
  });

  test('a failed task is run again, and says the same, also when nx.json has changed', async () => {
    const before = await runValidate(workspace, ['run-many']);
    edit('nx.json', (text) => text.replace('"analytics"', '"parallel": 2, "analytics"'));
    const after = await runValidate(workspace, ['run-many']);
    expect(after.failed).toEqual(libraries.filter((_, position) => usesTax(position)));
    expect(after.failed).toEqual(before.failed);
    expect(findingsIn(after.output)).toEqual(findingsIn(before.output));
  });
});

/** The lines that name a place in a file, sorted: tasks end in any order. */
function findingsIn(output: string): readonly string[] {
  return output
    .split('\n')
    .filter((line) => /^libs\/\S+:\d+:\d+/.test(line))
    .sort();
}
