import type { Diagnostic } from '../diagnostics/diagnostic';
import { applyFixes } from '../project/apply-fixes';
import { openProject } from '../project/open-project';
import { checkProject } from './check-project';
import type { CheckArguments } from './command-arguments';
import type { CommandProject } from './command-project';

export interface FixedProject {
  /** Path below the root → text, of the files that are others now. */
  readonly changes: ReadonlyMap<string, string>;
  /** What was mended, in the order it was done. */
  readonly fixed: readonly Diagnostic[];
}

/** A fix can uncover another finding that has one; more rounds than this mean that two undo each other. */
const MOST_ROUNDS = 10;

/** Applies the fixes asked for until none is left. A file that a fix would leave unreadable for Python stays as it was. */
export function fixProject(project: CommandProject, options: CheckArguments, isWanted: (path: string) => boolean): FixedProject {
  const changes = new Map<string, string>();
  const blocked = new Set<string>();
  const fixed: Diagnostic[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const current = { ...project, files: new Map([...project.files, ...changes]) };
    const fixable = checkProject(current, options).filter(
      (found) => isAllowed(found, options) && isWanted(found.path) && !blocked.has(found.path),
    );
    if (fixable.length === 0) break;
    const texts = fixTexts(current.files, fixable);
    for (const path of unreadableAfter(current.files, texts)) blocked.add(path);
    for (const [path, outcome] of texts) {
      if (blocked.has(path)) continue;
      changes.set(path, outcome.text);
      fixed.push(...outcome.fixed);
    }
  }
  return { changes, fixed };
}

function isAllowed({ fix }: Diagnostic, options: CheckArguments): boolean {
  return fix?.applicability === 'safe' || (fix?.applicability === 'unsafe' && options.fix === 'unsafe');
}

interface TextOutcome {
  readonly text: string;
  readonly fixed: readonly Diagnostic[];
}

function fixTexts(files: ReadonlyMap<string, string>, fixable: readonly Diagnostic[]): ReadonlyMap<string, TextOutcome> {
  const outcomes = new Map<string, TextOutcome>();
  for (const path of new Set(fixable.map((found) => found.path))) {
    const here = fixable.filter((found) => found.path === path);
    const { text, applied } = applyFixes(
      files.get(path)!,
      here.map(({ fix }) => fix!),
    );
    outcomes.set(path, { text, fixed: here.filter(({ fix }) => applied.includes(fix!)) });
  }
  return outcomes;
}

function unreadableAfter(files: ReadonlyMap<string, string>, texts: ReadonlyMap<string, TextOutcome>): readonly string[] {
  const after = new Map([...files, ...[...texts].map(([path, { text }]): [string, string] => [path, text])]);
  const faults = openProject({ files: after }).check([...texts.keys()]);
  return faults.filter(({ rule }) => rule === 'syntax-error').map(({ path }) => path);
}
