import { expect, test } from 'vitest';
import { mapProject } from '../testing/map-project';
import { basePathOf } from './base-path';
import { compareWithDisk } from './compare-with-disk';
import { createManifest } from './create-manifest';
import { formatManifest } from './format-manifest';
import { readLastGeneration } from './last-generation';
import { manifestPath } from './manifest';

const specText = 'service: todo\n';
const manifestOf = (files: Record<string, string>): string =>
  formatManifest(createManifest({ generator: '0.2.0', specText, artifacts: Object.keys(files).map((path) => ({ path, role: 'model' })) }));
/** What a run that generated these files keeps for the next one. */
const keptOf = (files: Record<string, string>): Record<string, string> => ({ ...basesOf(files), [manifestPath]: manifestOf(files) });
const basesOf = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [basePathOf(path), text]));

/** What a run does that generated `last` the time before, finds `disk` and has made `now`. */
function compare({
  last,
  disk,
  now,
  once = [],
}: {
  last?: Record<string, string>;
  disk: Record<string, string>;
  now: Record<string, string>;
  once?: readonly string[];
}) {
  const project = mapProject(last ? { ...disk, ...keptOf(last) } : disk);
  const comparison = compareWithDisk({
    texts: new Map(Object.entries(now)),
    manifest: createManifest({ generator: '0.2.0', specText, artifacts: Object.keys(now).map((path) => ({ path, role: 'model' })) }),
    last: readLastGeneration(project),
    writeOnce: new Set(once),
    project,
  });
  return comparison.kind === 'clean' ? { ...comparison, writes: Object.fromEntries(comparison.writes) } : comparison;
}

const clean = { kind: 'clean', writes: {}, deletes: [], unchanged: [], keptEdits: [], keptDeletions: [] };

test('a first run writes all files and the manifest', () => {
  const now = { 'b.py': 'b', 'a.py': 'a' };
  expect(compare({ disk: {}, now })).toEqual({
    ...clean,
    writes: { ...keptOf(now), ...now },
  });
});

test('a second run with the same result writes nothing', () => {
  const files = { 'a.py': 'a' };
  expect(compare({ last: files, disk: files, now: files })).toEqual({ ...clean, unchanged: ['a.py'] });
});

test('a file that nobody touched is rewritten', () => {
  const now = { 'a.py': 'new' };
  expect(compare({ last: { 'a.py': 'old' }, disk: { 'a.py': 'old' }, now })).toEqual({
    ...clean,
    writes: { ...basesOf(now), 'a.py': 'new' },
  });
});

test('an edited file that the generator has nothing new for is left alone', () => {
  const files = { 'a.py': 'old' };
  expect(compare({ last: files, disk: { 'a.py': 'mine' }, now: files })).toEqual({ ...clean, keptEdits: ['a.py'] });
});

test('an edited file that the generator would change is a conflict, and nothing is written', () => {
  expect(
    compare({ last: { 'a.py': 'old', 'b.py': 'old' }, disk: { 'a.py': 'mine', 'b.py': 'old' }, now: { 'a.py': 'new', 'b.py': 'new' } }),
  ).toEqual({
    kind: 'conflict',
    edited: ['a.py'],
    foreign: [],
  });
});

test('an edit that is what the generator writes now is no conflict', () => {
  const now = { 'a.py': 'new' };
  expect(compare({ last: { 'a.py': 'old' }, disk: now, now })).toEqual({
    ...clean,
    writes: basesOf(now),
    unchanged: ['a.py'],
  });
});

test('a deleted file stays deleted', () => {
  const files = { 'a.py': 'a' };
  expect(compare({ last: files, disk: {}, now: files })).toEqual({ ...clean, keptDeletions: ['a.py'] });
});

test('a migration is written once: later runs leave it, edited or not, and remember what was written then', () => {
  const last = { '0001.py': 'old' };
  expect(compare({ last, disk: last, now: { '0001.py': 'new' }, once: ['0001.py'] })).toEqual({ ...clean, unchanged: ['0001.py'] });
  expect(compare({ last, disk: { '0001.py': 'mine' }, now: { '0001.py': 'new' }, once: ['0001.py'] })).toEqual({
    ...clean,
    unchanged: ['0001.py'],
  });
});

test('a file that left the plan goes when untouched and stays when edited', () => {
  const now = { 'a.py': 'a' };
  expect(
    compare({ last: { 'a.py': 'a', 'gone.py': 'x', 'edited.py': 'y' }, disk: { 'a.py': 'a', 'gone.py': 'x', 'edited.py': 'mine' }, now }),
  ).toEqual({
    ...clean,
    writes: { [manifestPath]: manifestOf(now) },
    deletes: ['.fastapi/base/edited.py.base', '.fastapi/base/gone.py.base', 'gone.py'],
    unchanged: ['a.py'],
  });
});

test('a folder with files of another project is refused by name; the spec and project.json are welcome', () => {
  expect(
    compare({
      disk: { 'service.yaml': specText, 'project.json': '{}', 'index.ts': 'x', 'a.py': 'other' },
      now: { 'a.py': 'a', 'service.yaml': specText },
    }),
  ).toEqual({
    kind: 'conflict',
    edited: [],
    foreign: ['a.py', 'index.ts'],
  });
});
