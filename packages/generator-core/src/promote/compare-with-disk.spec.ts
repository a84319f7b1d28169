import { expect, test } from 'vitest';
import { mergeTexts } from '../merge/merge-texts';
import { mapProject } from '../testing/map-project';
import { basePathOf, madePathOf } from './base-path';
import { compareWithDisk } from './compare-with-disk';
import { createManifest } from './create-manifest';
import { formatManifest } from './format-manifest';
import { readLastGeneration } from './last-generation';
import { manifestPath } from './manifest';

type Files = Readonly<Record<string, string>>;

const specText = 'service: todo\n';
const manifestOf = (files: Files) =>
  createManifest({ generator: '0.2.0', specText, artifacts: Object.keys(files).map((path) => ({ path, role: 'model' })) });
const basesOf = (files: Files): Files => Object.fromEntries(Object.entries(files).map(([path, text]) => [basePathOf(path), text]));
/** What a run that generated these files leaves on the disk. */
const after = (files: Files): Files => ({ ...files, ...basesOf(files), [manifestPath]: formatManifest(manifestOf(files)) });

interface Run {
  readonly disk: Files;
  readonly now: Files;
  readonly once?: readonly string[];
  readonly owned?: readonly string[];
  readonly moves?: Readonly<Record<string, string>>;
}

/** What becomes of each file, and the disk afterwards without what every run keeps: bases of files as they are, and the manifest. */
function run({ disk, now, once = [], owned = [], moves = {} }: Run) {
  const project = mapProject(disk);
  const comparison = compareWithDisk({
    texts: new Map(Object.entries(now)),
    manifest: manifestOf(now),
    last: readLastGeneration(project),
    project,
    // Formatting is blank space here.
    tools: { merge: mergeTexts, canonical: (_, text) => text.replaceAll(' ', '') },
    writeOnce: new Set(once),
    isOwned: (path) => owned.includes(path),
    moves: new Map(Object.entries(moves)),
    renamed: (_, text) => text.replaceAll('Old', 'New'),
  });
  if (comparison.kind === 'refused') return { refused: comparison, disk };
  const files = { ...disk, ...Object.fromEntries(comparison.writes) };
  for (const path of comparison.deletes) delete files[path];
  return { outcomes: Object.fromEntries(comparison.outcomes), disk: files };
}

const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const old = text('a', 'b', 'c', 'd', 'e');

test('a first run writes all files, their bases and the manifest', () => {
  const now = { 'b.py': 'b', 'a.py': 'a' };
  expect(run({ disk: {}, now })).toEqual({ outcomes: { 'a.py': { kind: 'new' }, 'b.py': { kind: 'new' } }, disk: after(now) });
});

test('a second run with the same result writes nothing', () => {
  const disk = after({ 'a.py': 'a' });
  const comparison = run({ disk, now: { 'a.py': 'a' } });
  expect(comparison).toEqual({ outcomes: { 'a.py': { kind: 'unchanged' } }, disk });
});

test('a file that nobody touched is replaced', () => {
  const now = { 'a.py': 'new' };
  expect(run({ disk: after({ 'a.py': 'old' }), now })).toEqual({ outcomes: { 'a.py': { kind: 'replaced' } }, disk: after(now) });
});

test.each([
  ['other line ends', 'a\r\nb\r\n', 'a\r\nx\r\n'],
  ['another form', 'a \nb\n', 'a\nx\n'],
  ['both', ' a\r\nb\r\n', 'a\r\nx\r\n'],
  ['line ends of both kinds', 'a\r\nb\n', 'a\nx\n'],
])('%s are no edits, and \\r\\n stays where nothing else is', (_, disk, then) => {
  const before = { 'a.py': 'a\nb\n' };
  expect(run({ disk: { ...after(before), 'a.py': disk }, now: before })).toEqual({
    outcomes: { 'a.py': { kind: 'unchanged' } },
    disk: { ...after(before), 'a.py': disk },
  });
  const now = { 'a.py': 'a\nx\n' };
  expect(run({ disk: { ...after(before), 'a.py': disk }, now })).toEqual({
    outcomes: { 'a.py': { kind: 'replaced' } },
    disk: { ...after(now), 'a.py': then },
  });
});

test('an edited file that the generator has nothing new for is left alone', () => {
  const disk = { ...after({ 'a.py': old }), 'a.py': 'mine' };
  expect(run({ disk, now: { 'a.py': old } })).toEqual({ outcomes: { 'a.py': { kind: 'kept-edit' } }, disk });
});

test('edits elsewhere are merged, in the line ends of the user', () => {
  const now = { 'a.py': old.replace('e', 'E') };
  const disk = { ...after({ 'a.py': old }), 'a.py': text('a', 'mine', 'b', 'c', 'd', 'e').replaceAll('\n', '\r\n') };
  expect(run({ disk, now })).toEqual({
    outcomes: { 'a.py': { kind: 'merged' } },
    disk: { ...after(now), 'a.py': text('a', 'mine', 'b', 'c', 'd', 'E').replaceAll('\n', '\r\n') },
  });
});

test('edits in a file that was formatted anew are merged without its form', () => {
  const now = { 'a.py': text('a', 'bb', 'cc', 'dd', 'E') };
  const disk = { ...after({ 'a.py': text('a', 'bb', 'cc', 'dd', 'e') }), 'a.py': text('mine', 'a', 'b b', 'c c', 'd d', ' e') };
  expect(run({ disk, now })).toEqual({
    outcomes: { 'a.py': { kind: 'merged' } },
    disk: { ...after(now), 'a.py': text('mine', 'a', 'bb', 'cc', 'dd', 'E') },
  });
});

test('an edit that is what the generator writes now is no edit any more', () => {
  const now = { 'a.py': 'new' };
  expect(run({ disk: { ...after({ 'a.py': 'old' }), ...now }, now })).toEqual({
    outcomes: { 'a.py': { kind: 'unchanged' } },
    disk: after(now),
  });
});

test('a deleted file stays deleted, also when there is something new for it', () => {
  const { 'a.py': _, ...disk } = after({ 'a.py': old });
  expect(run({ disk, now: { 'a.py': old } })).toEqual({ outcomes: { 'a.py': { kind: 'kept-deletion' } }, disk });
  expect(run({ disk, now: { 'a.py': 'new' } })).toEqual({
    outcomes: { 'a.py': { kind: 'kept-deletion' } },
    disk: { ...disk, [madePathOf('a.py')]: 'new' },
  });
});

test('a deleted file that comes back as it was is as it was generated, whatever was made of it meanwhile', () => {
  const { 'a.py': _, ...disk } = after({ 'a.py': old });
  const back = { ...run({ disk, now: { 'a.py': 'new' } }).disk, 'a.py': old };
  expect(run({ disk: back, now: { 'a.py': 'new' } })).toEqual({
    outcomes: { 'a.py': { kind: 'replaced' } },
    disk: after({ 'a.py': 'new' }),
  });
});

test('a migration is written once: later runs leave it, edited or not, and remember what was written then', () => {
  const disk = after({ '0001.py': 'old' });
  expect(run({ disk, now: { '0001.py': 'new' }, once: ['0001.py'] })).toEqual({ outcomes: { '0001.py': { kind: 'unchanged' } }, disk });
  const edited = { ...disk, '0001.py': 'mine' };
  expect(run({ disk: edited, now: { '0001.py': 'new' }, once: ['0001.py'] }).disk).toEqual(edited);
});

test('a file that left the plan goes when untouched and is the user’s when edited', () => {
  const now = { 'a.py': 'a' };
  const disk = { ...after({ 'a.py': 'a', 'gone.py': 'x', 'edited.py': 'y' }), 'edited.py': 'mine' };
  expect(run({ disk, now })).toEqual({
    outcomes: { 'a.py': { kind: 'unchanged' }, 'edited.py': { kind: 'left' }, 'gone.py': { kind: 'deleted' } },
    disk: { ...after(now), 'edited.py': 'mine' },
  });
});

test('an owned file is written when it is not there, and not touched afterwards: its base stays what it was made from', () => {
  const owned = ['a.py', 'b.py', 'c.py'];
  const disk = { ...after({ 'a.py': 'a', 'b.py': 'b' }), 'b.py': 'mine', 'd.py': 'foreign' };
  expect(run({ disk, now: { 'a.py': 'new', 'b.py': 'new', 'c.py': 'c', 'd.py': 'd' }, owned: [...owned, 'd.py'] })).toEqual({
    outcomes: { 'a.py': { kind: 'owned' }, 'b.py': { kind: 'owned' }, 'c.py': { kind: 'new' }, 'd.py': { kind: 'owned' } },
    disk: {
      ...disk,
      ...{ 'c.py': 'c', [basePathOf('c.py')]: 'c', [madePathOf('a.py')]: 'new', [madePathOf('b.py')]: 'new' },
      [manifestPath]: formatManifest(manifestOf({ 'a.py': '', 'b.py': '', 'c.py': '', 'd.py': '' })),
    },
  });
  expect(run({ disk, now: {}, owned }).outcomes).toEqual({ 'a.py': { kind: 'owned' }, 'b.py': { kind: 'owned' } });
});

test('a folder with files of another project is refused by name; the spec and project.json are welcome', () => {
  expect(
    run({
      disk: { 'service.yaml': specText, 'project.json': '{}', 'index.ts': 'x', 'a.py': 'other' },
      now: { 'a.py': 'a', 'service.yaml': specText },
    }).refused,
  ).toEqual({ kind: 'refused', edited: [], foreign: ['a.py', 'index.ts'] });
});

test('the spec of the folder, edited, does not give way to another one; as it was it does', () => {
  const now = { 'service.yaml': 'service: other\n' };
  const disk = { [manifestPath]: formatManifest(manifestOf({ 'service.yaml': '' })) };
  expect(run({ disk: { ...disk, 'service.yaml': 'service: mine\n' }, now }).refused).toEqual({
    kind: 'refused',
    edited: ['service.yaml'],
    foreign: [],
  });
  expect(run({ disk: { ...disk, 'service.yaml': specText }, now }).outcomes).toEqual({ 'service.yaml': { kind: 'replaced' } });
});

/** A conflict: the generator and the user changed the same line. */
const conflicting = {
  before: { 'a.py': old },
  mine: text('a', 'b', 'mine', 'd', 'e'),
  now: { 'a.py': text('a', 'b', 'C', 'd', 'e') },
  marked: text('a', 'b', '<<<<<<< yours', 'mine', '=======', 'C', '>>>>>>> generated', 'd', 'e'),
};

/** The disk after the run that found it. */
function inConflict(): Files {
  const { before, mine, now } = conflicting;
  return run({ disk: { ...after(before), 'a.py': mine }, now }).disk;
}

const offered = '.fastapi/base/a.py.offered';
const conflictOutcome = { kind: 'conflict', why: 'same-lines', isBeside: true };
/** Without what the manifest says of the conflict. */
const withoutManifest = ({ [manifestPath]: _, ...files }: Files): Files => files;

test('edits of the same lines: the file stays, and the new text and both in one stand beside it', () => {
  const { before, mine, now, marked } = conflicting;
  const result = run({ disk: { ...after(before), 'a.py': mine }, now });
  expect(result.outcomes).toEqual({ 'a.py': conflictOutcome });
  expect(withoutManifest(result.disk)).toEqual({
    ...basesOf(before),
    [offered]: now['a.py'],
    'a.py': mine,
    'a.py.generated': now['a.py'],
    'a.py.merge': marked,
  });
});

test('as long as the merge is there the conflict is open: the same again, and with each new text once more', () => {
  const disk = inConflict();
  const { now } = conflicting;
  expect(run({ disk, now })).toEqual({ outcomes: { 'a.py': conflictOutcome }, disk });
  const newer = { 'a.py': text('a', 'b', 'CC', 'd', 'e') };
  const again = run({ disk, now: newer });
  expect(again.outcomes).toEqual({ 'a.py': conflictOutcome });
  expect(withoutManifest(again.disk)).toEqual({
    ...withoutManifest(disk),
    [offered]: newer['a.py'],
    'a.py.generated': newer['a.py'],
    'a.py.merge': conflicting.marked.replace('C\n', 'CC\n'),
  });
});

test('it ends by itself when the new text has nothing against the edit, and nothing of it is left', () => {
  const now = { 'a.py': text('a', 'b', 'c', 'd', 'E') };
  expect(run({ disk: inConflict(), now })).toEqual({
    outcomes: { 'a.py': { kind: 'merged' } },
    disk: { ...after(now), 'a.py': text('a', 'b', 'mine', 'd', 'E') },
  });
  expect(run({ disk: inConflict(), now: conflicting.before }).disk).toEqual({ ...after(conflicting.before), 'a.py': conflicting.mine });
});

test('it is settled when the user has removed the merge: the text that was offered is the base from then on', () => {
  const { 'a.py.merge': _, ...disk } = inConflict();
  const { now } = conflicting;
  const settled = run({ disk: { ...disk, 'a.py': text('a', 'b', 'mine', 'C', 'd', 'e') }, now });
  expect(settled).toEqual({
    outcomes: { 'a.py': { kind: 'kept-edit' } },
    disk: { ...after(now), 'a.py': text('a', 'b', 'mine', 'C', 'd', 'e') },
  });
  const newer = { 'a.py': text('A', 'b', 'C', 'd', 'e') };
  expect(run({ disk: settled.disk, now: newer })).toEqual({
    outcomes: { 'a.py': { kind: 'merged' } },
    disk: { ...after(newer), 'a.py': text('A', 'b', 'mine', 'C', 'd', 'e') },
  });
});

test('what the user wrote into the files beside is not lost either', () => {
  const disk = { ...inConflict(), 'a.py.merge': 'half done', 'a.py.generated': 'notes' };
  const newer = { 'a.py': text('a', 'b', 'c', 'd', 'E') };
  const again = run({ disk, now: newer });
  expect(again.outcomes).toEqual({ 'a.py': conflictOutcome });
  expect(withoutManifest(again.disk)).toEqual({ ...withoutManifest(disk), [offered]: newer['a.py'] });
  const { 'a.py.merge': _, ...settled } = again.disk;
  expect(run({ disk: settled, now: newer }).disk).toEqual({ ...after(newer), 'a.py': conflicting.mine, 'a.py.generated': 'notes' });
});

test('a user who deletes the file in conflict is done with it', () => {
  const { 'a.py': _, ...disk } = inConflict();
  const { 'a.py': _deleted, ...rest } = after(conflicting.before);
  expect(run({ disk, now: conflicting.now })).toEqual({
    outcomes: { 'a.py': { kind: 'kept-deletion' } },
    disk: { ...rest, [madePathOf('a.py')]: conflicting.now['a.py'] },
  });
});

test('a file of the user where the generator has a new one is a conflict of its own kind, and settled like the others', () => {
  const disk = { ...after({}), 'a.py': text('x', 'mine') };
  const now = { 'a.py': text('x', 'new') };
  const result = run({ disk, now });
  expect(result.outcomes).toEqual({ 'a.py': { kind: 'conflict', why: 'foreign', isBeside: true } });
  expect(withoutManifest(result.disk)).toEqual({
    'a.py': text('x', 'mine'),
    'a.py.generated': text('x', 'new'),
    'a.py.merge': text('x', '<<<<<<< yours', 'mine', '=======', 'new', '>>>>>>> generated'),
    [offered]: text('x', 'new'),
  });
  const { 'a.py.merge': _, ...settled } = result.disk;
  expect(run({ disk: settled, now })).toEqual({
    outcomes: { 'a.py': { kind: 'kept-edit' } },
    disk: { ...after(now), 'a.py': text('x', 'mine') },
  });
});

test('an edited file whose base is gone is in conflict, whatever is new', () => {
  const disk: Record<string, string> = { ...after({ 'a.py': old }), 'a.py': 'mine' };
  delete disk[basePathOf('a.py')];
  const result = run({ disk, now: { 'a.py': old } });
  expect(result.outcomes).toEqual({ 'a.py': { kind: 'conflict', why: 'no-base', isBeside: true } });
  expect(result.disk[basePathOf('a.py')]).toBeUndefined();
});

test('of two branches that git put together, nothing is taken for deleted: who took one side gets the other', () => {
  const union = text('a', 'of A', 'of B', 'z');
  const now = { 'a.py': text('a', 'of B', 'of A', 'z') };
  const line = (spec: string): string => JSON.stringify({ path: 'a.py', role: 'model', key: { spec, template: '', needs: '' } });
  const disk = { ...after({ 'a.py': union }), [manifestPath]: `{"version":2,"generator":"0.2.0"}\n${line('A')}\n${line('B')}\n` };
  expect(run({ disk, now })).toEqual({
    outcomes: { 'a.py': { kind: 'replaced' } },
    disk: { ...after(now), [manifestPath]: after({ 'a.py': '' })[manifestPath]! },
  });
  expect(run({ disk: { ...disk, 'a.py': text('a', 'of A', 'z', 'mine') }, now: { 'a.py': union } }).disk['a.py']).toBe(
    text('a', 'of A', 'of B', 'z', 'mine'),
  );
});

test('a conflict that git left between two texts of the generator is no edit', () => {
  const base = text('a', 'of A', 'of B', 'z');
  const line = (spec: string): string => JSON.stringify({ path: 'a.py', role: 'model', key: { spec, template: '', needs: '' } });
  const disk = { ...after({ 'a.py': base }), [manifestPath]: `{"version":2,"generator":"0.2.0"}\n${line('A')}\n${line('B')}\n` };
  const open = text('a', '<<<<<<< HEAD', 'of A', '=======', 'of B', '>>>>>>> b', 'z');
  const result = run({ disk: { ...disk, 'a.py': open }, now: { 'a.py': text('a', 'of A and B', 'z') } });
  expect([result.outcomes, result.disk['a.py']]).toEqual([{ 'a.py': { kind: 'replaced' } }, text('a', 'of A and B', 'z')]);
});

test('a file moves with its entity, and edits come along under the new name', () => {
  const before = { 'old.py': text('class Old', 'b', 'c', 'd', 'e') };
  const now = { 'new.py': text('class New', 'b', 'c', 'd', 'E') };
  const moves = { 'new.py': 'old.py' };
  expect(run({ disk: after(before), now, moves })).toEqual({
    outcomes: { 'new.py': { kind: 'moved', from: 'old.py', isMerged: false } },
    disk: after(now),
  });
  expect(run({ disk: { ...after(before), 'old.py': text('class Old', 'b', 'x = Old()', 'c', 'd', 'e') }, now, moves })).toEqual({
    outcomes: { 'new.py': { kind: 'moved', from: 'old.py', isMerged: true } },
    disk: { ...after(now), 'new.py': text('class New', 'b', 'x = New()', 'c', 'd', 'E') },
  });
});

test('a file that moves into a conflict is the user’s at its new place, under the new name', () => {
  const disk = { ...after({ 'old.py': text('class Old', 'b') }), 'old.py': text('class Old', 'mine of Old') };
  const now = { 'new.py': text('class New', 'B') };
  const result = run({ disk, now, moves: { 'new.py': 'old.py' } });
  expect(result.outcomes).toEqual({ 'new.py': { ...conflictOutcome, from: 'old.py' } });
  expect(withoutManifest(result.disk)).toEqual({
    'new.py': text('class New', 'mine of New'),
    'new.py.generated': now['new.py'],
    'new.py.merge': text('class New', '<<<<<<< yours', 'mine of New', '=======', 'B', '>>>>>>> generated'),
    [basePathOf('new.py')]: text('class New', 'b'),
    '.fastapi/base/new.py.offered': now['new.py'],
  });
});

test('a moved file that the user deleted stays deleted; one that the user has moved already is where it is', () => {
  const before = { 'old.py': text('class Old', 'b', 'c') };
  const now = { 'new.py': text('class New', 'b', 'C') };
  const moves = { 'new.py': 'old.py' };
  const { 'old.py': _, ...disk } = after(before);
  expect(run({ disk, now, moves }).outcomes).toEqual({ 'new.py': { kind: 'kept-deletion' } });
  const mine = { ...disk, 'new.py': text('mine', 'class New', 'b', 'c') };
  expect(run({ disk: mine, now, moves })).toEqual({
    outcomes: { 'new.py': { kind: 'moved', from: 'old.py', isMerged: true } },
    disk: { ...after(now), 'new.py': text('mine', 'class New', 'b', 'C') },
  });
});
