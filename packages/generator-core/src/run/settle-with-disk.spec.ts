import { expect, test } from 'vitest';
import { mergeTexts } from '../merge/merge-texts';
import { basePathOf } from '../promote/base-path';
import { createManifest } from '../promote/create-manifest';
import { formatManifest } from '../promote/format-manifest';
import { readLastGeneration } from '../promote/last-generation';
import { manifestPath } from '../promote/manifest';
import { mapProject } from '../testing/map-project';
import { planText } from '../testing/planned-service';
import { sampleArtifact } from '../testing/sample-artifact';
import { settleWithDisk } from './settle-with-disk';

type Files = Readonly<Record<string, string>>;

const { spec, plan } = planText('service: shop\nentities:\n  Item:\n    fields: { title: string }\n');
const manifestOf = (files: Files) =>
  createManifest({ generator: '0.2.0', specText: '', artifacts: Object.keys(files).map((path) => ({ path, role: 'sample' })) });

/** What a run that has made `now` makes of files that were made as `last` and changed by the user to what is `mine`. */
function settle({ last, mine, now }: { readonly last: Files; readonly mine: Files; readonly now: Files }) {
  const bases = Object.fromEntries(Object.entries(last).map(([path, text]) => [basePathOf(path), text]));
  const disk = { ...last, ...bases, [manifestPath]: formatManifest(manifestOf(last)), ...mine };
  const project = mapProject(disk);
  const settled = settleWithDisk({
    spec,
    plan: { ...plan, artifacts: Object.keys(now).map((path) => sampleArtifact(path)) },
    texts: new Map(Object.entries(now)),
    manifest: manifestOf(now),
    last: readLastGeneration(project),
    project,
    merge: mergeTexts,
  });
  if (settled.kind === 'refused') throw new Error('The run was refused.');
  const outcomes = Object.fromEntries(
    [...settled.outcomes].map(([path, outcome]) => [
      path,
      outcome.kind === 'conflict' ? [outcome.why, outcome.isBeside, outcome.diagnostics?.map(({ rule }) => rule)] : outcome.kind,
    ]),
  );
  return { outcomes, writes: Object.fromEntries(settled.writes) };
}

const user = 'from a import f\n\n\ndef g() -> int:\n    return f()\n\n\nLAST = 1\n';

test('a clean merge that breaks an import is a conflict: the file stays, and the merge stands beside it', () => {
  const mine = user.replace('import f', 'import f, old').replace('return f()', 'return f() + old');
  const { outcomes, writes } = settle({
    last: { 'a.py': 'def f() -> int:\n    return 1\n\n\nold = 1\n', 'b.py': user },
    mine: { 'b.py': mine },
    now: { 'a.py': 'def f() -> int:\n    return 1\n', 'b.py': user.replace('LAST = 1', 'LAST = 2') },
  });
  expect(outcomes).toEqual({ 'a.py': 'replaced', 'b.py': ['gates', true, ['unknown-symbol']] });
  expect([writes['b.py'], writes['b.py.generated'], writes['b.py.merge']]).toEqual([
    undefined,
    user.replace('LAST = 1', 'LAST = 2'),
    mine.replace('LAST = 1', 'LAST = 2'),
  ]);
});

test('what the generator takes away is named in every file of the user that it breaks, and written all the same', () => {
  const { outcomes, writes } = settle({
    last: { 'a.py': 'def f() -> int:\n    return 1\n', 'b.py': user },
    mine: { 'b.py': `${user}MINE = 1\n`, 'c.py': 'from a import f\n\nprint(f())\n' },
    now: { 'a.py': 'def h() -> int:\n    return 1\n', 'b.py': user },
  });
  expect(outcomes).toEqual({
    'a.py': 'replaced',
    'b.py': ['gates', false, ['unknown-symbol']],
    'c.py': ['gates', false, ['unknown-symbol']],
  });
  expect(writes['a.py']).toBe('def h() -> int:\n    return 1\n');
});

test('a conflict keeps a new name from the others: what would use it is in conflict, too', () => {
  const { outcomes } = settle({
    last: { 'a.py': 'import os\n\nA = 1\n\nB = 2\n', 'b.py': 'B = 1\n', 'c.py': 'C = 1\n\nD = 2\n\nE = 3\n' },
    mine: { 'a.py': 'import os\nfrom b import B as gone\n\nA = 1\n\nB = 2\n', 'c.py': 'C = 1\n\nD = 2\n\nE = 4\n' },
    now: {
      'a.py': 'import os\n\nA = 1\n\nB = 2\nNEW = 3\n',
      'b.py': 'X = 1\n',
      'c.py': 'from a import NEW\n\nC = NEW\n\nD = 2\n\nE = 3\n',
    },
  });
  expect(outcomes).toEqual({
    'a.py': ['gates', true, ['unknown-symbol']],
    'b.py': 'replaced',
    'c.py': ['gates', true, ['unknown-symbol']],
  });
});

test('what was broken before is no reason to hold a merge back', () => {
  const { outcomes } = settle({
    last: { 'a.py': 'A = 1\n\nB = 2\n\nC = 3\n' },
    mine: { 'a.py': 'from nowhere import x\n\nA = 1\n\nB = 2\n\nC = 3\n' },
    now: { 'a.py': 'A = 1\n\nB = 2\n\nC = 4\n' },
  });
  expect(outcomes).toEqual({ 'a.py': 'merged' });
});

test('a merge of settings that is no TOML any more is a conflict', () => {
  const last = '[project]\nname = "shop"\nversion = "1"\n\n[tool.ruff]\nline-length = 100\n\n[tool.mypy]\nstrict = true\n';
  const { outcomes } = settle({
    last: { 'x.toml': last },
    mine: { 'x.toml': last.replace('strict = true', 'strict = true\n\n[tool.pytest]\nx = 1') },
    now: { 'x.toml': last.replace('version = "1"', 'version = "1"\n\n[tool.pytest]\ny = 1') },
  });
  expect(outcomes).toEqual({ 'x.toml': ['gates', true, ['syntax-error']] });
});
