import { beforeAll, describe, expect, test } from 'vitest';
import { mergeTexts } from '../../src/merge/merge-texts';
import { basePathOf, madePathOf } from '../../src/promote/base-path';
import type { FileOutcome } from '../../src/promote/file-outcome';
import { readLastGeneration } from '../../src/promote/last-generation';
import { manifestPath } from '../../src/promote/manifest';
import { settleWithDisk } from '../../src/run/settle-with-disk';
import { parseServiceSpec } from '../../src/spec/parse-service-spec';
import { mapProject } from '../../src/testing/map-project';
import { applyResult } from '../../src/testing/apply-result';
import { before, changes, generate, type Change, type Files } from './changes';
import { appendComment, edits, movedPath, type Edit } from './edits';

/**
 * What becomes of a file, for each thing a user does to it and each thing that changes: a model's table, whose files a template writes,
 * and the function of an operation, which a model writes. "+": with the user's edits. "!": it no longer goes with the rest, and the run says so.
 */
const expected: Readonly<Record<'template' | 'model', string>> = {
  template: `
                   | field added   | field removed | entity renamed | entity removed | operation added | template changed
untouched          | replaced      | replaced      | moved          | deleted        | unchanged       | replaced
edited elsewhere   | merged        | merged        | moved +        | left           | kept-edit       | merged
edited same lines  | conflict      | conflict      | moved +        | left           | kept-edit       | conflict
deleted            | kept-deletion | kept-deletion | kept-deletion  | gone           | kept-deletion   | kept-deletion
moved              | kept-deletion | kept-deletion | kept-deletion  | gone           | kept-deletion   | kept-deletion
formatted for 60   | replaced      | replaced      | moved          | deleted        | unchanged       | replaced
formatted for 120  | replaced      | replaced      | moved          | deleted        | unchanged       | replaced
CRLF               | replaced      | replaced      | moved          | deleted        | unchanged       | replaced
`,
  model: `
                   | field added   | field removed | entity renamed  | entity removed | operation added | template changed
untouched          | replaced      | replaced      | replaced        | deleted        | unchanged       | unchanged
edited elsewhere   | merged        | merged        | merged          | left !         | kept-edit       | kept-edit
edited same lines  | conflict      | conflict      | conflict        | left !         | kept-edit       | kept-edit
deleted            | kept-deletion | kept-deletion | kept-deletion   | gone           | kept-deletion   | kept-deletion
moved              | kept-deletion | kept-deletion | kept-deletion ! | gone !         | kept-deletion   | kept-deletion
formatted for 60   | replaced      | replaced      | replaced        | deleted        | unchanged       | unchanged
formatted for 120  | replaced      | replaced      | replaced        | deleted        | unchanged       | unchanged
CRLF               | replaced      | replaced      | replaced        | deleted        | unchanged       | unchanged
`,
};
const changeNames = Object.keys(changes) as Change[];
const editNames = Object.keys(edits) as Edit[];
const targets = { template: 'app/models/item.py', model: 'app/services/raise_it.py' };

describe.each(['template', 'model'] as const)('a file that a %s wrote', (coder) => {
  const path = targets[coder];
  let disk: Files = {};
  /** The run of each change on files that nobody touched: what it gives is shared by all edits. */
  const runs = new Map<Change, Awaited<ReturnType<typeof generate>>>();

  beforeAll(async () => {
    disk = applyResult({}, await generate(before, {}, coder));
    for (const change of changeNames)
      runs.set(change, await generate(changes[change], { ...disk, 'service.yaml': changes[change].specText }, coder));
  }, 900_000);

  const cells = new Map<string, ReturnType<typeof settle>>();

  function cell(edit: Edit, change: Change) {
    const name = `${edit}, ${change}`;
    const found = cells.get(name) ?? settle(edit, change);
    cells.set(name, found);
    return found;
  }

  /** The files of one cell before and after the run, and what became of each. */
  function settle(edit: Edit, change: Change) {
    const run = runs.get(change)!;
    const { specText } = changes[change];
    const untouched = applyResult({ ...disk, 'service.yaml': specText }, run);
    const newPath = [...run.outcomes].find(([, outcome]) => outcome.kind === 'moved' && outcome.from === path)?.[0] ?? path;
    const target = { path, changedLine: firstDifference(disk[path]!, untouched[newPath] ?? '') };
    const files = edits[edit]({ ...disk, 'service.yaml': specText }, target);
    const reading = parseServiceSpec(specText);
    if (reading.kind === 'faulty') throw new Error('The spec has faults.');
    const project = mapProject(files);
    const settled = settleWithDisk({
      spec: reading.spec,
      plan: run.plan,
      texts: new Map(run.plan.artifacts.map((artifact) => [artifact.path, untouched[artifact.path]!])),
      manifest: run.manifest,
      last: readLastGeneration(project),
      project,
      merge: mergeTexts,
    });
    if (settled.kind === 'refused') throw new Error('The run was refused.');
    return { untouched, files, newPath, after: applyResult(files, settled), outcomes: settled.outcomes };
  }

  test('the table', () => {
    const rows = editNames.map((edit) => [edit, ...changeNames.map((change) => describeCell(cell(edit, change), path))]);
    expect(rows).toEqual(tableRows(expected[coder]).slice(1));
    expect(tableRows(expected[coder])[0]).toEqual(['', ...changeNames]);
  }, 300_000);

  describe.each(editNames)('%s', (edit) => {
    test.each(changeNames)('%s', (change) => {
      const { untouched, files, newPath, after, outcomes } = cell(edit, change);
      expect(withoutRecords(after)).toEqual(
        withoutRecords(expectedTree({ edit, outcome: outcomes.get(newPath), path, newPath, untouched, files })),
      );
    });
  });
});

interface Cell {
  readonly edit: Edit;
  readonly outcome: FileOutcome | undefined;
  readonly path: string;
  readonly newPath: string;
  /** The disk after the run if nobody had touched anything. */
  readonly untouched: Files;
  /** The disk before the run. */
  readonly files: Files;
}

/** The disk after the run: as if nobody had touched anything, but for the one file and what the user did to it. */
function expectedTree({ edit, outcome, path, newPath, untouched, files }: Cell): Files {
  const theirs = files[path];
  const ours = untouched[newPath];
  const others = { ...untouched, ...(edit === 'moved' && { [movedPath(path)]: files[movedPath(path)]! }) };
  const base = { [basePathOf(newPath)]: files[basePathOf(path)]! };
  const isAsWritten = theirs !== undefined && (edit === 'untouched' || edit.startsWith('formatted'));
  switch (outcome?.kind) {
    case 'replaced':
    case 'moved':
      return {
        ...others,
        [newPath]: isAsWritten
          ? ours!
          : edit === 'CRLF'
            ? ours!.replaceAll('\n', '\r\n')
            : edit === 'edited elsewhere'
              ? appendComment(ours!)
              : sameLine(ours!),
      };
    case 'merged':
      return { ...others, [newPath]: appendComment(ours!) };
    case 'unchanged':
    case 'kept-edit':
    case 'left':
      return { ...others, [newPath]: theirs! };
    case 'kept-deletion': {
      const kept = newPath === path ? files[basePathOf(path)]! : renamedBase(files[basePathOf(path)]!);
      return { ...without(others, newPath), [basePathOf(newPath)]: kept, ...(kept !== ours && { [madePathOf(newPath)]: ours! }) };
    }
    case 'conflict':
      return outcome.isBeside
        ? {
            ...others,
            ...base,
            [newPath]: theirs!,
            [`${newPath}.generated`]: ours!,
            [`${newPath}.merge`]: 'marked',
            [`.fastapi/base/${newPath}.offered`]: ours!,
          }
        : { ...others, [newPath]: theirs! };
    default:
      return others;
  }
}

/** The line that the user marked, in the renamed file: the generator has it, too, under the new name. */
function sameLine(text: string): string {
  return text.replace('"""Table of things."""', '"""Table of things."""  # mine');
}

function renamedBase(text: string): string {
  return text.replaceAll('items', 'things').replaceAll('Item', 'Thing');
}

/** The manifest is asserted by what the next run makes of it; what is between markers, by merge-texts.spec. */
function withoutRecords(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path !== manifestPath && !path.startsWith('.fastapi/tables/') && !path.startsWith('alembic/versions/0002'))
      .map(([path, text]) => [
        path,
        path.endsWith('.merge') && /^<{7} yours\n[^]*^={7}\n[^]*^>{7} generated\n/m.test(text) ? 'marked' : text,
      ]),
  );
}

function without(files: Files, path: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([each]) => each !== path));
}

function describeCell(
  { outcomes, newPath }: { readonly outcomes: ReadonlyMap<string, FileOutcome>; readonly newPath: string },
  path: string,
): string {
  const outcome = outcomes.get(newPath);
  const broken = [...outcomes].filter(([, each]) => each.kind === 'conflict' && !each.isBeside).map(([each]) => each);
  const own =
    outcome?.kind === 'conflict' && !outcome.isBeside
      ? 'left'
      : outcome?.kind === 'moved' && outcome.isMerged
        ? 'moved +'
        : (outcome?.kind ?? 'gone');
  expect(broken.filter((each) => each !== path && each !== movedPath(path))).toEqual([]);
  return broken.length === 0 ? own : `${own} !`;
}

function tableRows(table: string): readonly (readonly string[])[] {
  return table
    .trim()
    .split('\n')
    .map((line, index) => (index === 0 ? `|${line.replace(/^\s*\|/, '')}` : line).split('|').map((text) => text.trim()));
}

/** Where there is none, the line that names the table or begins the function. */
function firstDifference(left: string, right: string): number {
  const others = right.split('\n');
  const lines = left.split('\n');
  const found = lines.findIndex((line, index) => line !== others[index]);
  return right !== '' && found !== -1 ? found : lines.findIndex((line) => /__tablename__|^async def/.test(line));
}
