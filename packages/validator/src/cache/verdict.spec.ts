import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFiles } from '../system/node-file-system';
import { recallVerdict, rememberVerdict } from './verdict';

let folder = '';
let cacheFolder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validator-project-'));
  cacheFolder = mkdtempSync(join(tmpdir(), 'validator-verdict-'));
  write('a.py', 'x = 1\n');
  write('pyproject.toml', '');
  write('service.yaml', 'service: todo\n');
  mkdirSync(join(folder, '.fastapi'));
  write('.fastapi/manifest.jsonl', '{}');
});
afterEach(() => [folder, cacheFolder].forEach((path) => rmSync(path, { recursive: true, force: true })));

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
/** `startedAt` far ahead: as if the files had been written long before. */
const remember = (startedAt: number, stamp = '1') =>
  rememberVerdict({ cacheFolder, key: 'k', stamp }, { outcome: 'said', reads: new Map([[folder, readFiles(folder)]]), startedAt });
const recall = (key = 'k', stamp = '1') => recallVerdict<string>({ cacheFolder, key, stamp });
const later = () => Date.now() + 60_000;

test('holds while nothing differs', () => {
  remember(later());
  expect([recall(), recall('other'), recall('k', '2')]).toEqual(['said', undefined, undefined]);
});

test.each<[string, () => void]>([
  ['an edit', () => write('a.py', 'x = 12\n')],
  ['a new file', () => write('b.py', '')],
  ['a file less', () => rmSync(join(folder, 'a.py'))],
  ['another manifest', () => write('pyproject.toml', '[project]\n')],
  ['an edit of the spec', () => write('service.yaml', 'service: shop\n')],
  ['another generation', () => write('.fastapi/manifest.jsonl', '{ }')],
  ['another kind of file', () => symlinkSync('nowhere.py', join(folder, 'gone.py'))],
  ['no folder', () => rmSync(folder, { recursive: true })],
])('%s ends it', (_, change) => {
  remember(later());
  change();
  expect(recall()).toBeUndefined();
});

test('a file with the same text written anew changes nothing', () => {
  remember(later());
  write('a.py', 'x = 1\n');
  utimesSync(join(folder, 'a.py'), 1, 1);
  expect(recall()).toBe('said');
});

test('a file written within the tick of the run is read, whatever its times say', () => {
  const read = readFiles(folder);
  write('a.py', 'x = 2\n');
  const { mtimeMs, ctimeMs, ino, size } = statSync(join(folder, 'a.py'));
  // As if the second write had left no trace in times, size and inode.
  const listed = read.listed.map((file) => (file.path === 'a.py' ? { ...file, mtimeMs, ctimeMs, inode: ino, size } : file));
  const rememberAt = (startedAt: number) =>
    rememberVerdict({ cacheFolder, key: 'k', stamp: '1' }, { outcome: 'said', reads: new Map([[folder, { ...read, listed }]]), startedAt });
  rememberAt(Math.max(mtimeMs, ctimeMs) + 1_000);
  expect(recall()).toBeUndefined();
  rememberAt(Math.max(mtimeMs, ctimeMs) + 3_000);
  expect(recall()).toBe('said');
});

test('a damaged verdict is none', () => {
  remember(later());
  const name = readdirSync(cacheFolder).find((entry) => entry.endsWith('.verdict'))!;
  for (const damaged of ['', '00000000{}', 'null']) {
    writeFileSync(join(cacheFolder, name), damaged);
    expect(recall()).toBeUndefined();
  }
});
