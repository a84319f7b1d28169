import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import {
  counterOperation as right,
  counterSpec as spec,
  startGeminiServer,
  type GeminiReply,
  type GeminiServer,
  type SeenRequest,
} from '@org/generator-core/testing';
import { UserError } from '../../errors/user-error';
import { diskWorkspace, type DiskWorkspace } from '../../testing/disk-workspace';
import { fakeUv } from '../../testing/fake-uv';
import { refusalOf } from '../../testing/refusal-of';
import { shownText } from '../../testing/shown-text';
import { projectGenerator } from './generator';
import type { ProjectGeneratorSchema } from './schema';

const file = 'apps/counter/app/services/raise_counter.py';
const asked: ProjectGeneratorSchema = { directory: 'apps/counter', spec: 'counter.yaml', skipInstall: true, model: 'gemini' };
const answer = (text: string): GeminiReply => ({ kind: 'answer', text: `\`\`\`python\n${text}\`\`\`\n` });

let disk: DiskWorkspace;
beforeEach(() => {
  disk = diskWorkspace({ 'counter.yaml': spec });
  vi.stubEnv('INIT_CWD', disk.root);
  // No environment can be made, so that nothing is run here: e2e does it with a real uv.
  fakeUv({ lock: 'echo "no index" >&2; exit 2' });
});
afterEach(() => vi.unstubAllEnvs());

async function gemini(reply: (request: SeenRequest, index: number) => GeminiReply): Promise<GeminiServer> {
  const server = await startGeminiServer({ reply });
  onTestFinished(() => server.close());
  vi.stubEnv('GEMINI_API_KEY', 'a-key-for-tests');
  vi.stubEnv('GOOGLE_GEMINI_BASE_URL', server.baseUrl);
  return server;
}

/** Generates, writes as Nx does, and gives what was shown and what comes after the files are written. */
async function generate(options: Partial<ProjectGeneratorSchema> = {}) {
  const shown = shownText();
  const tree = disk.openTree();
  const afterwards = await projectGenerator(tree, { ...asked, ...options });
  const changes = tree.listChanges().map(({ path }) => path);
  disk.flush(tree);
  return { shown: shown(), changes, afterwards: async () => afterwards() };
}

const read = (path: string): string => readFileSync(join(disk.root, path), 'utf8');

test('what the model wrote is written, with a report, a journal and a history that git ignores', async () => {
  await gemini(() => answer(right));
  const { shown, afterwards } = await generate();
  await afterwards();
  expect(read(file)).toBe(right);
  expect(shown).toContain('estimate: 1 calls (at most 6), ');
  expect(shown).toContain('gemini-3.8-flash was asked for 1 file: 1 right at once');
  expect(shown).toContain('not run: There is no environment to run it in: `uv lock` failed: no index');
  expect(JSON.parse(read('.fastapi/reports/apps-counter.json'))).toMatchObject({
    model: 'gemini-3.8-flash',
    flags: [],
    spent: { calls: 1 },
  });
  expect(read('.fastapi/history.jsonl')).toBe('{"model":"gemini-3.8-flash","phases":{"services":{"asked":1,"notAtOnce":0,"flagged":0}}}\n');
  expect(read('.fastapi/.gitignore')).toBe('/journal/\n/reports/\n/history.jsonl\n');
  expect(read('.fastapi/journal/apps-counter.jsonl').trim().split('\n').length).toBe(1);
});

test('a flag makes the command fail after all is written, unless it is accepted; the same command is another try', async () => {
  const server = await gemini(() => answer('from app.nowhere import raise_counter\n'));
  const { afterwards } = await generate();
  expect(read(file)).toContain('@unimplemented');
  await expect(afterwards()).rejects.toThrow(
    new UserError(
      [
        'counter is written and works, but a file is flagged:',
        '  app/services/raise_counter.py: It answers 501 until it is written. the same text came twice',
        'What to do: look at them; run the same command again for another try at them (the others are not paid for again), write them by hand, or accept them with --accept-flagged.',
      ].join('\n'),
    ),
  );
  const calls = server.completions.length;
  await (await generate({ acceptFlagged: true })).afterwards();
  expect(server.completions.length).toBe(2 * calls);
});

test('a dry run tells the estimate, asks nobody and writes nothing', async () => {
  const server = await gemini(() => answer(right));
  vi.stubEnv('NX_DRY_RUN', 'true');
  const shown = shownText();
  const tree = disk.openTree();
  await projectGenerator(tree, asked);
  expect(shown()).toMatch(/gemini-3\.8-flash would be asked; estimate: 1 calls \(at most 6\), \d+ tokens sent, \d+ received, \$0\.\d+ if/);
  expect(server.requests).toEqual([]);
  expect(existsSync(join(disk.root, '.fastapi'))).toBe(false);
});

test('what is recorded is replayed, without a key in it', async () => {
  const server = await gemini(() => answer(right));
  await generate({ record: 'tapes/counter.json' });
  expect(read('tapes/counter.json')).not.toContain('a-key-for-tests');
  disk = diskWorkspace({ 'counter.yaml': spec, 'counter.json': read('tapes/counter.json') });
  vi.stubEnv('INIT_CWD', disk.root);
  await (await generate({ model: 'replay:counter.json' })).afterwards();
  expect([read(file), server.completions.length]).toEqual([right, 1]);
});

test('the budget ends a run cleanly', async () => {
  await gemini(() => answer('from app.nowhere import raise_counter\n'));
  const { shown } = await generate({ maxCalls: 1 });
  expect(shown).toContain(
    'app/services/raise_counter.py: It answers 501 until it is written. The budget of the run is spent: all 1 calls are made.',
  );
});

test('a request of the system to end stops it: nothing is written, and the next run goes on', async () => {
  const server = await gemini((_request, index) => {
    if (index > 0) return answer(right);
    setTimeout(() => process.emit('SIGTERM'), 50);
    return { kind: 'hang' };
  });
  const tree = disk.openTree();
  expect(await refusalOf(tree, () => projectGenerator(tree, asked))).toBe(
    'Stopped, and nothing was written to apps/counter. What was answered is kept: run the same command again to go on.',
  );
  await (await generate()).afterwards();
  expect([read(file), server.completions.length]).toEqual([right, 2]);
});

test('a place that cannot be written to is told in one message, and nothing is written', async () => {
  await gemini(() => answer(right));
  writeFileSync(join(disk.root, '.fastapi'), 'in the way');
  const tree = disk.openTree();
  expect(await refusalOf(tree, () => projectGenerator(tree, asked))).toMatch(
    /^E(NOTDIR|EXIST): .*\. No file of the service was written\. Make room, or let the place be written to, and run the same command again/,
  );
});
