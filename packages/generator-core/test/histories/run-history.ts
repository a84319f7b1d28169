import { generateService } from '../../src/run/generate-service';
import type { GenerationResult } from '../../src/run/generation-result';
import { conflictPaths } from '../../src/promote/conflict-files';
import { parseServiceSpec } from '../../src/spec/parse-service-spec';
import { applyResult } from '../../src/testing/apply-result';
import { mapProject } from '../../src/testing/map-project';
import { randomFrom, type Random } from '../random-spec/random';
import { randomDocument, writeSpec } from '../random-spec/random-spec';
import { editDocument, type Document } from '../spec-edits/edit-document';
import { editByHand, faultsOf, type Files } from './edit-by-hand';
import { forgetNames, renameEntity } from './rename-entity';

type Generated = Extract<GenerationResult, { kind: 'generated' }>;

export interface HistoryStep {
  readonly what: readonly string[];
  /** Named by the run: it is not to be looked at as if all were well. */
  readonly conflicts: readonly string[];
  /** What is wrong with the outcome. */
  readonly wrong: readonly string[];
  readonly made: number;
}

/** Edits of a spec and edits by hand, one run after each step; what came of each. The same seed, the same history. */
export function runHistory(seed: number, steps: number): readonly HistoryStep[] {
  const random = randomFrom(seed);
  let document = randomDocument(seed, 'small') as Document;
  let files: Files = { 'service.yaml': writeSpec(document) };
  const first = finishStep(['the first run'], files);
  const history: HistoryStep[] = [first.step];
  files = first.files;
  if (first.step.wrong.length > 0) return history;
  for (let index = 1; index <= steps; index += 1) {
    const what: string[] = [];
    if (random.chance(0.7)) {
      const edit = editSpec(random, forgetNames(document));
      document = edit.document;
      what.push(edit.what);
    }
    for (let edits = random.below(4); edits > 0; edits -= 1) {
      const edit = editByHand(random, files, `mine_${index}${edits}`);
      files = edit.files;
      what.push(edit.what);
    }
    const { step, files: after } = finishStep(what, { ...files, 'service.yaml': writeSpec(document) });
    history.push(step);
    files = after;
    if (step.wrong.length > 0) break;
  }
  return history;
}

/** Only what has no faults is of interest here. */
function editSpec(random: Random, document: Document): { readonly what: string; readonly document: Document } {
  for (;;) {
    const edit = (random.chance(0.15) ? renameEntity : editDocument)(random, document);
    if (parseServiceSpec(writeSpec(edit.document)).kind === 'read') return edit;
  }
}

function finishStep(what: readonly string[], before: Files): { readonly step: HistoryStep; readonly files: Files } {
  const result = generate(before);
  if (typeof result === 'string') return { step: { what, conflicts: [], wrong: [result], made: 0 }, files: before };
  const after = applyResult(before, result);
  const conflicts = result.conflicts.map(({ path, why }) => `${path}: ${why}`);
  const faults = faultsOf(after);
  const wrong = [
    ...lostLines(before, after).map((line) => `lost: ${line}`),
    ...(conflicts.length === 0 ? faults.map((fault) => `not valid: ${fault}`) : []),
    ...secondRun(after),
  ];
  const settled = conflicts.length === 0 ? after : settle(after, result);
  return { step: { what, conflicts, wrong, made: result.report.made }, files: settled };
}

/** The user writes the migrations, so that nothing is refused for what it would drop. */
function generate(files: Files): Generated | string {
  try {
    const migration = { drop: new Set<string>(), narrow: new Set<string>(), write: 'none' as const };
    const result = generateService({ specText: files['service.yaml']!, project: mapProject(files), migration });
    return result.kind === 'generated' ? result : `the run ended with ${JSON.stringify(result)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Every line with a mark stands somewhere still, in a conflict's files if nowhere else. */
function lostLines(before: Files, after: Files): readonly string[] {
  const there = marksIn(after);
  return [...marksIn(before)].filter((mark) => !there.has(mark));
}

function marksIn(files: Files): ReadonlySet<string> {
  const texts = Object.entries(files).filter(([path]) => !path.startsWith('.fastapi/'));
  return new Set(texts.flatMap(([, text]) => text.match(/\bmine_\d+/g) ?? []));
}

function secondRun(files: Files): readonly string[] {
  const again = generate(files);
  if (typeof again === 'string') return [`second run: ${again}`];
  const made = again.explanations.filter(({ kind }) => kind === 'made').map(({ path, because }) => `second run makes ${path}: ${because}`);
  return [
    ...made,
    ...[...again.writes.keys()].map((path) => `second run writes ${path}`),
    ...again.deletes.map((path) => `second run deletes ${path}`),
  ];
}

/** The user takes the generator's side of what is in conflict. */
function settle(files: Files, { conflicts, writes }: Generated): Files {
  const settled: Record<string, string> = { ...files };
  for (const { path } of conflicts) {
    const { generated, merge } = conflictPaths(path);
    const text = settled[generated] ?? writes.get(path) ?? settled[`.fastapi/base/${path}.base`];
    if (text === undefined) delete settled[path];
    else settled[path] = text;
    delete settled[merge];
    delete settled[generated];
  }
  return settled;
}
