import { expect, test } from 'vitest';
import { mapProject } from '../testing/map-project';
import { readLastGeneration } from './last-generation';
import { textHash } from './text-hash';

const first = (files: Record<string, string>, more: object = {}): string =>
  JSON.stringify({
    version: 1,
    generator: '0.1.0',
    spec: 's',
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, textHash(text)])),
    ...more,
  });
const second = ['{"version":2,"generator":"0.2.0"}', '{"spec":"s"}', '{"path":"a.py","role":"model","entity":"Task"}', ''].join('\n');

/** The manifest and the bases of some paths. */
function read(files: Record<string, string>, ...paths: readonly string[]): unknown {
  const last = readLastGeneration(mapProject(files));
  return last && { ...last.manifest, artifacts: [...last.manifest.artifacts.values()], bases: paths.map((path) => last.baseOf(path)) };
}

test('before the first run there is nothing', () => {
  expect(read({ '.fastapi/base/a.py.base': 'a' })).toBeUndefined();
});

test('texts are those of the base, whatever stands on the disk', () => {
  expect(
    read({ '.fastapi/manifest.jsonl': second, '.fastapi/base/a.py.base': 'base', 'a.py': 'mine', 'b.py': 'b' }, 'a.py', 'b.py'),
  ).toEqual({
    version: 2,
    generator: '0.2.0',
    spec: 's',
    artifacts: [{ path: 'a.py', role: 'model', entity: 'Task' }],
    bases: ['base', undefined],
  });
});

test('a manifest of version 1 knew hashes: the base is what has the hash, on the disk or in hand', () => {
  const files = {
    '.fastapi/manifest.json': first({ 'b.py': 'b', 'a.py': 'a' }, { models: { 'b.py': 'scripted-1' } }),
    'a.py': 'a',
    'b.py': 'mine',
  };
  expect(read(files, 'a.py', 'b.py', 'c.py')).toEqual({
    version: 2,
    generator: '0.1.0',
    spec: 's',
    artifacts: [
      { path: 'a.py', role: 'unknown' },
      { path: 'b.py', role: 'unknown', model: 'scripted-1' },
    ],
    bases: ['a', undefined, undefined],
  });
  const last = readLastGeneration(mapProject(files));
  expect([last?.baseOf('b.py', 'b'), last?.baseOf('b.py', 'new')]).toEqual(['b', undefined]);
});

test('a branch from before the change of versions, merged into one after it, adds its files', () => {
  const files = {
    '.fastapi/manifest.jsonl': second,
    '.fastapi/base/a.py.base': 'base',
    '.fastapi/manifest.json': first({ 'a.py': 'old', 'b.py': 'b' }, { spec: 'other' }),
    'a.py': 'old',
    'b.py': 'b',
  };
  expect(read(files, 'a.py', 'b.py')).toEqual({
    version: 2,
    generator: '0.2.0',
    spec: undefined,
    artifacts: [
      { path: 'a.py', role: 'model', entity: 'Task' },
      { path: 'b.py', role: 'unknown' },
    ],
    bases: ['base', 'b'],
  });
});

test.each([
  [
    { '.fastapi/manifest.jsonl': '{' },
    '.fastapi/manifest.jsonl cannot be read (line 1), so it is not known which files were edited since they were generated. ' +
      'Restore it from version control. After a merge, keep the lines of both sides: it does not matter that some come twice.',
  ],
  [
    { '.fastapi/manifest.jsonl': '{"version":3,"generator":"0.9.0"}' },
    '.fastapi/manifest.jsonl was written by @org/fastapi 0.9.0 (manifest version 3), and this version knows manifests up to version 2. ' +
      'Update @org/fastapi in this workspace: nx migrate @org/fastapi.',
  ],
  [
    { '.fastapi/manifest.json': '{"version":3}' },
    '.fastapi/manifest.json was written by a newer version of @org/fastapi (manifest version 3), and this version knows manifests up to version 2. ' +
      'Update @org/fastapi in this workspace: nx migrate @org/fastapi.',
  ],
  [
    { '.fastapi/manifest.json': '{' },
    '.fastapi/manifest.json cannot be read as a manifest of version 1, so it is not known which files were edited since they were generated. ' +
      'Restore it from version control. After a merge, take either side.',
  ],
])('%j is refused with the mend', (files, message) => {
  expect(() => readLastGeneration(mapProject(files as unknown as Record<string, string>))).toThrow(message);
});
