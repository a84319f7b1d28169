import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { extractFacts } from '../src/cache/extract-facts';
import { readFacts } from '../src/cache/read-facts';
import { extractSummary } from '../src/extract/extract-summary';
import { decodeSummary } from '../src/extract/decode-summary';
import { DIAGNOSTIC_FORMATS } from '../src/report/format-diagnostics';
import { sha256 } from '../src/text/sha256';

/** The command as it is packed: processes, threads and the modules they load are what is tested here. */
const PACKAGE = join(__dirname, '..');
const CLI = join(PACKAGE, 'dist', 'cli.js');
const WORKER = join(PACKAGE, 'dist', 'cache', 'extract-worker.js');
beforeAll(() => void execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--build', PACKAGE]), 120_000);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validator-cli-'));
  writeFileSync(join(folder, 'pyproject.toml'), '[project]\nname = "shop"\nversion = "1"\n');
  writeFileSync(join(folder, 'app.py'), 'from models import Bok\nprint(y)\n');
  writeFileSync(join(folder, 'models.py'), 'class Book:\n    pass\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
};

test('with facts and with the verdict kept, every format says what a cold run says, failures included', () => {
  for (const format of DIAGNOSTIC_FORMATS) {
    const cold = run('--format', format, '--no-cache');
    expect(cold).toMatchObject({ status: 1, stderr: '' });
    expect([run('--format', format), run('--format', format)]).toEqual([cold, cold]);
  }
  expect(readdirSync(folder)).toContain('.fastapi_validate_cache');
  writeFileSync(join(folder, 'models.py'), 'class Bok:\n    pass\n');
  expect(run()).toEqual(run('--no-cache'));
});

test('an edit of the spec is seen, with and without cache', () => {
  mkdirSync(join(folder, '.fastapi'));
  writeFileSync(join(folder, 'service.yaml'), 'service: shop\n');
  writeFileSync(join(folder, '.fastapi/manifest.jsonl'), `{"version":2}\n${JSON.stringify({ spec: sha256('service: shop\n') })}\n`);
  const select = ['--select', 'spec-drift'];
  expect([run(...select), run(...select)].map(({ status }) => status)).toEqual([0, 0]);
  writeFileSync(join(folder, 'service.yaml'), '# edited\nservice: shop\n');
  const found = run(...select);
  expect(found).toMatchObject({ status: 1, stdout: expect.stringContaining('service.yaml:1:1: spec-drift ') as string });
  expect([run(...select), run(...select, '--no-cache')]).toEqual([found, found]);
});

test('what has not changed loads neither parser nor rules; what has kept facts loads no parser', () => {
  const log = join(folder, '.loaded');
  const hook = join(folder, '.hook.cjs');
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').appendFileSync(${JSON.stringify(log)}, Object.keys(require.cache).join('\\n') + '\\n'));`,
  );
  /** By the process and all its threads. */
  const loaded = (...words: string[]): readonly string[] => {
    writeFileSync(log, '');
    spawnSync(process.execPath, [CLI, ...words], { cwd: folder, env: { ...process.env, NODE_OPTIONS: `--require ${hook}` } });
    return readFileSync(log, 'utf8').split('\n');
  };
  // Only what the strict parser does not take reaches the native one.
  writeFileSync(join(folder, 'broken.py'), 'def f(:\n');
  const isParser = (path: string) => /tree-sitter|ruff-wasm/.test(path);
  expect(loaded().some(isParser)).toBe(true);
  const kept = loaded();
  expect(kept.filter((path) => path.includes('dist')).length).toBeGreaterThan(3);
  expect(kept.filter((path) => isParser(path) || path.includes('node_modules') || /dist.(rules|graph|report|project)/.test(path))).toEqual(
    [],
  );
  const judged = loaded('--exit-zero');
  expect(judged.some((path) => path.includes('rules'))).toBe(true);
  expect(judged.filter(isParser)).toEqual([]);
});

test('--cache-dir and --no-cache', () => {
  run('--no-cache');
  expect(readdirSync(folder)).toEqual(['app.py', 'models.py', 'pyproject.toml']);
  run('--cache-dir', 'kept');
  expect(readdirSync(join(folder, 'kept'))).toEqual(
    expect.arrayContaining(['.gitignore', 'CACHEDIR.TAG', expect.stringMatching(/facts$/), expect.stringMatching(/verdict$/)]),
  );
  expect(readdirSync(folder)).toEqual(['app.py', 'kept', 'models.py', 'pyproject.toml']);
  expect(run('--cache-dir=app.py/x')).toEqual(run('--no-cache'));
});

test('processes at once leave a whole cache', async () => {
  const start = () => promisify(execFile)(process.execPath, [CLI, '--exit-zero'], { cwd: folder });
  const outcomes = await Promise.all([start(), start(), start()]);
  expect(new Set(outcomes.map(({ stdout }) => stdout)).size).toBe(1);
  const cacheFolder = join(folder, '.fastapi_validate_cache');
  expect(readdirSync(cacheFolder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(run('--exit-zero')).toMatchObject({ status: 0, stdout: outcomes[0]!.stdout });
});

const VERSION = { major: 3, minor: 12 };
/** 1.2 MB in 30 files, with text beyond ASCII. */
const TEXTS = Array.from({ length: 30 }, (_, file) => `# ä🦊 ${'.'.repeat(40_000)}\ndef f${file}(x):\n    return x.ä\n`);

test('threads bring the facts that one thread finds', async () => {
  const facts = await extractFacts(TEXTS, { version: VERSION, depth: 'full', threads: 2, workerFile: WORKER });
  expect(facts.map((bytes, index) => decodeSummary(bytes, TEXTS[index]!))).toEqual(TEXTS.map((text) => extractSummary(text, VERSION)));
});

test.each([
  ['at its start', 'throw new Error("no")'],
  [
    'with work in its hands',
    'const {workerData: w} = require("worker_threads"); Atomics.add(new Int32Array(w.counter), 0, 7); process.exit(3)',
  ],
])('the work of a thread that dies %s is done all the same', async (_, script) => {
  const workerFile = join(folder, 'worker.js');
  writeFileSync(workerFile, script);
  const files = new Map(TEXTS.map((text, index) => [`m${index}.py`, text]));
  const { readSummary, parsed } = await readFacts(files, { threads: 3, workerFile });
  expect(parsed).toHaveLength(TEXTS.length);
  for (const [path, text] of files) expect(readSummary(path, text)).toEqual(extractSummary(text, VERSION));
});
