import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { counterSpec } from '@org/generator-core/testing';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import executorsJson from '../../../executors.json';
import { treeChanges } from '../../adapters/transaction/tree-changes';
import { commitChanges } from '../../adapters/transaction/staged-changes';
import { runService } from '../../generators/project/run-service';
import { readOwnSpec } from '../../generators/project/read-spec';
import { FsTree } from '../../nx-compat';
import { counterContext } from '../../testing/counter-context';
import { fakeUv } from '../../testing/fake-uv';
import { readFiles } from '../../testing/read-files';
import { newFolder, temporaryFolder } from '../../testing/temporary-folder';
import { generateExecutor } from './executor';
import schema from './schema.json';
import type { GenerateExecutorSchema } from './schema';

const withNote = counterSpec.replace('value: int = 0', 'value: int = 0, note: string(1..50)?');
const model = 'apps/counter/app/models/counter.py';

/** A workspace with the service as it is after its first run. */
let made: string;
beforeAll(async () => {
  made = newFolder({ 'nx.json': '{}\n', 'apps/counter/service.yaml': counterSpec });
  await generate(made, { skipInstall: true });
}, 120_000);
afterAll(() => rmSync(made, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

/** A copy of it, with these texts in place of what is there. */
function workspace(files: Readonly<Record<string, string>> = {}): string {
  const root = temporaryFolder();
  cpSync(made, root, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  return root;
}

function writeFile(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

/** Runs the target, and gives what was shown on both channels. */
async function generate(root: string, options: GenerateExecutorSchema = { skipInstall: true }, projectName?: string) {
  const shown: string[] = [];
  const spies = (['info', 'error'] as const).map((channel) =>
    vi.spyOn(console, channel).mockImplementation((text: string) => void shown.push(text)),
  );
  try {
    const { success } = await generateExecutor(options, counterContext(root, projectName));
    return { success, text: shown.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test('a service is brought in step with its spec; run again, nothing changes', async () => {
  const root = workspace({ 'apps/counter/service.yaml': withNote });
  const { success, text } = await generate(root);
  expect({ success, text }).toMatchObject({ success: true, text: expect.stringContaining('counter: ') });
  expect(read(root, model)).toContain('note');
  const once = readFiles(root);
  expect((await generate(root)).success).toBe(true);
  expect(readFiles(root)).toEqual(once);
  expect(Object.keys(once).filter((path) => path.includes('.fastapi/transaction'))).toEqual([]);
});

test('a check lists what is out of step, fails and writes nothing; in step, it passes', async () => {
  const root = workspace();
  expect(await generate(root, { check: true })).toEqual({ success: true, text: 'counter is in step with its spec.' });
  writeFileSync(join(root, 'apps/counter/service.yaml'), withNote);
  const before = readFiles(root);
  const { success, text } = await generate(root, { check: true });
  expect(success).toBe(false);
  expect(text).toMatch(/^counter is out of step with its spec: \d+ files are to be written\.\n/);
  expect(text).toContain('\n  changed app/models/counter.py\n');
  expect(text).toContain('\n  new     alembic/versions/0002_');
  expect(text).toMatch(/\nWhat to do: nx run counter:generate \(with --dryRun it shows the differences and writes nothing\)\.$/);
  expect(readFiles(root)).toEqual(before);
});

test('a dry run shows the differences and writes nothing', async () => {
  const root = workspace({ 'apps/counter/service.yaml': withNote });
  const before = readFiles(root);
  const { success, text } = await generate(root, { dryRun: true });
  expect(success).toBe(true);
  expect(text).toContain(`--- a/${model}\n+++ b/${model}\n@@ `);
  expect(text).toMatch(/\n\+ {4}note: Mapped\[str \| None\]/);
  expect(text).toContain('--- /dev/null\n+++ b/apps/counter/alembic/versions/0002_');
  expect(text).not.toContain('b/apps/counter/.fastapi');
  expect(text).toMatch(/Nothing was written: this was a dry run\.$/);
  expect(readFiles(root)).toEqual(before);
});

test.each([
  ['a fault in the spec', {}, { 'apps/counter/service.yaml': counterSpec.replace('int = 0', 'itn = 0') }, 'service.yaml'],
  ['a project that is not there', { projectName: 'store' }, {}, 'There is no project "store" in this workspace.'],
  ['the workspace itself', { projectName: 'workspace' }, {}, 'is the workspace itself, and a service needs a folder of its own'],
])('%s is one message without a stack, and nothing is written', async (_, { projectName }: { projectName?: string }, files, message) => {
  const root = workspace(files);
  const before = readFiles(root);
  const { success, text } = await generate(root, { skipInstall: true }, projectName);
  expect({ success, text }).toEqual({ success: false, text: expect.stringContaining(message) });
  expect(text).not.toMatch(/^\s+at /m);
  expect(readFiles(root)).toEqual(before);
});

test('uv is asked where the packages are others than before, and not where they are the same', async () => {
  const calls = fakeUv({ lock: 'echo "version = 1" > uv.lock' });
  const root = workspace({ 'apps/counter/service.yaml': withNote, 'apps/counter/uv.lock': 'version = 1\n' });
  expect((await generate(root, {})).success).toBe(true);
  expect(calls()).toEqual(['']);
  writeFileSync(join(root, 'apps/counter/service.yaml'), `telemetry: true\n${withNote}`);
  expect((await generate(root, {})).success).toBe(true);
  expect(calls().filter((call) => /^(lock|sync)/.test(call))).toEqual(['lock', 'sync --locked']);
});

test('what a killed run had made is put in place first, and said; until then, a check and a dry run refuse', async () => {
  const root = workspace({ 'apps/counter/service.yaml': withNote });
  const tree = new FsTree(root, false);
  await runService(tree, {
    spec: readOwnSpec(tree, 'apps/counter'),
    directory: 'apps/counter',
    callerFolder: '',
    options: {},
    installation: 'when-changed',
    isDryRun: true,
    nameOf: () => 'counter',
  });
  commitChanges({ workspaceRoot: root, folder: join(root, 'apps/counter/.fastapi/transaction') }, treeChanges(tree));
  for (const options of [{ check: true }, { dryRun: true }]) {
    expect(await generate(root, options)).toEqual({
      success: false,
      text: 'A run was killed while it put its files in place in apps/counter, so some are new and some are not. What to do: nx run counter:generate puts the others in place first.',
    });
  }
  const { success, text } = await generate(root);
  expect({ success, text }).toEqual({
    success: true,
    text: expect.stringMatching(
      /^A run before this one was killed while it put its \d+ files in place in apps\/counter; all of them are there now\.\n/,
    ),
  });
  expect(read(root, model)).toContain('note');
  expect((await generate(root, { check: true })).success).toBe(true);
});

test('a conflict is shown and fails until it is settled; all else is written, and the file of the user stays as it is', async () => {
  const longer = withNote.replace('string(1..20)', 'string(1..30)');
  const root = workspace({ 'apps/counter/service.yaml': longer });
  const mine = read(root, model).replace('String(20)', 'String(25)');
  expect(mine).toContain('String(25)');
  writeFileSync(join(root, model), mine);

  const { success, text } = await generate(root);
  expect(success).toBe(false);
  expect(text).toContain(
    [
      'counter is written, but a file is in conflict:',
      '  app/models/counter.py, with app/models/counter.py.merge beside it',
      'What to do: settle them as said above, then run: nx run counter:generate',
    ].join('\n'),
  );
  expect(read(root, model)).toBe(mine);
  expect(read(root, `${model}.merge`)).toMatch(/<<<<<<< yours\n.*String\(25\).*\n=======\n.*String\(30\)/s);
  expect(read(root, 'apps/counter/app/schemas/counter.py')).toContain('note');
  expect(await generate(root, { check: true })).toEqual({
    success: false,
    text: expect.stringContaining('counter has a conflict to be settled:\n  app/models/counter.py\nWhat to do: nx run counter:generate'),
  });

  const settled = read(root, `${model}.generated`).replace('String(30)', 'String(25)');
  writeFileSync(join(root, model), settled);
  rmSync(join(root, `${model}.merge`));
  expect((await generate(root)).success).toBe(true);
  expect(read(root, model)).toBe(settled);
  expect(Object.keys(readFiles(root)).filter((path) => /\.(merge|generated|offered)$/.test(path))).toEqual([]);
  expect((await generate(root, { check: true })).success).toBe(true);
});

test('edits are merged with what is new, and what is kept for the next run is measured', async () => {
  const root = workspace({ 'apps/counter/service.yaml': withNote });
  writeFileSync(join(root, model), `# Mine.\n${read(root, model)}`);
  const { success, text } = await generate(root);
  expect(success).toBe(true);
  expect(text).toContain('  merged: your edits and what is new:\n    app/models/counter.py\n');
  expect(text).toMatch(/\n {2}kept for the next run: \d+ texts, \d+ kB, in apps\/counter\/\.fastapi\/base\n/);
  expect(read(root, model)).toMatch(/^# Mine\.\n/);
  expect(read(root, model)).toContain('note');
});

test('only what changed is made, and it is said why; all of it where that is asked', async () => {
  const root = workspace({ 'apps/counter/service.yaml': withNote });
  const { text } = await generate(root, { check: true, explain: true });
  expect(text).toContain(`  made  app/models/counter.py: what it takes of the spec is another\n`);
  expect(text).toContain(`  kept  app/core/config.py: it would be made from the same as before\n`);
  expect((await generate(root)).text).toMatch(/\n {2}made \d+ of \d+; the others would be made from the same as before\n/);
  expect((await generate(root, { check: true, explain: true, all: true })).text).toContain(
    '  made  app/core/config.py: all files are made again\n',
  );
});

test('cleaning removes what can be made again, says how much, and leaves the service in step', async () => {
  const leftovers = {
    'apps/counter/.fastapi/surface.json': 's'.repeat(1500),
    'apps/counter/.fastapi/validate.sarif': 'v'.repeat(10),
    '.fastapi/journal/apps-counter.jsonl': 'j'.repeat(2_500_000),
    '.fastapi/reports/apps-counter.json': '{}',
  };
  const others = { '.fastapi/journal/apps-other.jsonl': 'o', '.fastapi/reports/apps-other.json': '{}', '.fastapi/knowledge.json': '{}' };
  const root = workspace();
  const before = readFiles(root);
  for (const [path, text] of Object.entries({ ...leftovers, ...others })) writeFile(root, path, text);
  const { success, text } = await generate(root, { clean: true });
  expect({ success, text }).toEqual({
    success: true,
    text: expect.stringMatching(
      new RegExp(
        [
          '^counter: 4 files removed, 2\\.5 MB',
          '  apps/counter/\\.fastapi/surface\\.json, 2 kB',
          '  apps/counter/\\.fastapi/validate\\.sarif, 10 bytes',
          '  \\.fastapi/journal/apps-counter\\.jsonl, 2\\.5 MB',
          '  \\.fastapi/reports/apps-counter\\.json, 2 bytes',
          '  kept for the next run: \\d+ texts, \\d+ kB, in apps/counter/\\.fastapi/base$',
        ].join('\n'),
      ),
    ),
  });
  expect(readFiles(root)).toEqual({ ...before, ...others });
  expect((await generate(root, { check: true })).success).toBe(true);
});

test('Nx finds the executor and its schema', () => {
  const { implementation, schema: schemaFile } = executorsJson.executors.generate;
  expect([implementation, schemaFile]).toEqual([
    './dist/executors/generate/executor#generateExecutor',
    './dist/executors/generate/schema.json',
  ]);
  expect(schema.version).toBe(2);
});
