import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { extractOutline } from '../extract/extract-outline';
import { extractSummary } from '../extract/extract-summary';
import { readFacts, type FactsOptions } from './read-facts';

let cacheFolder = '';
beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), 'validator-facts-'));
});
afterEach(() => rmSync(cacheFolder, { recursive: true, force: true }));

const FILES = new Map([
  ['a.py', 'x = 1\n'],
  ['b.py', 'from a import x\n'],
  ['broken.py', 'def f(:\n'],
]);
const ALL = ['a.py', 'b.py', 'broken.py'];

const parsedIn = async (files: ReadonlyMap<string, string> = FILES, options: FactsOptions = {}) =>
  (await readFacts(files, { cacheFolder, ...options })).parsed;
const packFile = () =>
  join(
    cacheFolder,
    readdirSync(cacheFolder).find((name) => name.endsWith('.facts'))!,
  );

describe('what is parsed', () => {
  test('a second run parses nothing, also of files with faults', async () => {
    expect(await parsedIn()).toEqual(ALL);
    expect(await parsedIn()).toEqual([]);
  });

  test('an edited file is parsed alone; a moved one not at all', async () => {
    await parsedIn();
    expect(await parsedIn(new Map([...FILES, ['a.py', 'x = 2\n']]))).toEqual(['a.py']);
    expect(await parsedIn(new Map([['c.py', 'x = 2\n']]))).toEqual([]);
  });

  test('other rules or another Python parse all', async () => {
    await parsedIn(FILES, { stamp: '1' });
    expect(await parsedIn(FILES, { stamp: '1' })).toEqual([]);
    expect(await parsedIn(FILES, { stamp: '2' })).toEqual(ALL);
    expect(await parsedIn(FILES, { stamp: '2', pythonVersion: '3.13' })).toEqual(ALL);
    expect(await parsedIn(new Map([...FILES, ['pyproject.toml', '[project]\nrequires-python = ">=3.11"\n']]), { stamp: '2' })).toEqual(ALL);
  });

  test('facts of files that are gone are dropped; other projects keep theirs', async () => {
    await parsedIn(FILES, { project: 'other' });
    await parsedIn();
    await parsedIn(new Map([['a.py', 'x = 1\n']]));
    expect(await parsedIn()).toEqual(['b.py', 'broken.py']);
    expect(await parsedIn(FILES, { project: 'other' })).toEqual([]);
  });
});

describe('a cache that is no good is none', () => {
  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
    ['empty', () => Buffer.alloc(0)],
    ['foreign', () => Buffer.from('{"version":1}')],
    ['one bit turned', (bytes: Buffer) => bytes.with(bytes.length - 3, bytes.at(-3)! ^ 1)],
  ])('%s', async (_, damage) => {
    await parsedIn();
    writeFileSync(packFile(), damage(readFileSync(packFile())));
    expect(await parsedIn()).toEqual(ALL);
    expect(await parsedIn()).toEqual([]);
  });

  test('a folder that cannot be made', async () => {
    writeFileSync(join(cacheFolder, 'file'), '');
    expect(await parsedIn(FILES, { cacheFolder: join(cacheFolder, 'file', 'below') })).toEqual(ALL);
  });
});

test('the facts are those of extraction, given once and only for the same text', async () => {
  await parsedIn();
  const { readSummary } = await readFacts(FILES, { cacheFolder });
  expect(readSummary('a.py', 'x = 2\n')).toBeUndefined();
  for (const [path, text] of FILES) expect(readSummary(path, text)).toEqual(extractSummary(text, { major: 3, minor: 12 }));
  expect(readSummary('a.py', 'x = 1\n')).toBeUndefined();
});

describe('outlines', () => {
  test('are kept apart from facts, and have none for what is not certainly Python', async () => {
    await parsedIn();
    expect(await parsedIn(FILES, { depth: 'outline' })).toEqual(ALL);
    expect(await parsedIn(FILES, { depth: 'outline' })).toEqual([]);
    expect(await parsedIn()).toEqual([]);
    const { readSummary } = await readFacts(FILES, { cacheFolder, depth: 'outline' });
    for (const [path, text] of FILES) expect(readSummary(path, text)).toEqual(extractOutline(text, { major: 3, minor: 12 }));
    expect(extractOutline(FILES.get('broken.py')!, { major: 3, minor: 12 })).toBeUndefined();
  });
});
