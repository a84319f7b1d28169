import type { Diagnostic } from '@org/validator';
import { commonLines } from '../merge/common-lines';
import { markDifferences } from '../merge/mark-differences';
import type { Merge, Merger } from '../merge/merger';
import type { Conflict, FileOutcome } from './file-outcome';
import { withLineEndsOf, withoutCarriageReturns } from './line-ends';

/** What is known of a file when it is decided what becomes of it. */
export interface FileState {
  readonly path: string;
  /** The generator's text of this run; undefined when the plan has the file no longer. */
  readonly ours: string | undefined;
  /** The generator's text of last time; undefined when it is not known. */
  readonly base: string | undefined;
  /** What is on the disk. */
  readonly theirs: string | undefined;
  /** Whether the generator wrote it before. */
  readonly isRecorded: boolean;
  /** Whether the base has lines of two branches: who lacks one of them need not have taken it out. */
  readonly isContested: boolean;
  /** Whether the spec says that it is the user's. */
  readonly isOwned: boolean;
  /** Whether it is written once, and never again. */
  readonly isWrittenOnce: boolean;
  /** What the gates said of the file as this run would leave it; empty when it was not asked yet, or all was well. */
  readonly faults: readonly Diagnostic[];
}

export interface DecisionTools {
  readonly merge: Merger;
  /** The text without what a formatter decides; the same for all texts that differ in that alone. */
  readonly canonical: (path: string, text: string) => string;
}

export interface FileDecision {
  readonly outcome: FileOutcome;
  /** What to write; undefined when the disk stays as it is. */
  readonly text?: string;
  /** In a conflict: what is put beside the file as its merge. */
  readonly marked?: string;
}

/** What becomes of a file. Undefined for one that is neither there nor wanted. */
export function decideFile(file: FileState, tools: DecisionTools): FileDecision | undefined {
  const decision = decide(file, tools);
  const isLeftAlone = decision?.text === undefined && decision?.marked === undefined && decision?.outcome.kind !== 'deleted';
  return decision !== undefined && isLeftAlone && file.faults.length > 0 && file.theirs !== undefined ? broken(file.faults) : decision;
}

function decide(file: FileState, tools: DecisionTools): FileDecision | undefined {
  const { path, ours, base, theirs } = file;
  const isSame = (left: string | undefined, right: string): boolean => left !== undefined && isSameText(path, left, right, tools);

  if (ours === undefined)
    return theirs === undefined ? undefined : only(file.isOwned ? 'owned' : isSame(base, theirs) ? 'deleted' : 'left');
  if (theirs === undefined) return file.isRecorded ? only('kept-deletion') : { outcome: { kind: 'new' }, text: ours };
  if (file.isOwned) return only('owned');
  if (isSame(theirs, ours)) return only('unchanged');
  if (!file.isRecorded) return conflict('foreign', markDifferences(ended(theirs), ended(ours)));
  if (file.isWrittenOnce) return only('unchanged');
  if (base === undefined) return conflict('no-base', markDifferences(ended(theirs), ended(ours)));
  const isUntouched = isSame(base, theirs) || (file.isContested && isSame(base, withoutMarkers(lines(theirs))));
  if (isUntouched) return { outcome: { kind: 'replaced' }, text: withLineEndsOf(theirs, ours) };
  if (isSame(base, ours) && !file.isContested) return only('kept-edit');

  const common = file.isContested ? commonLines(lines(base), lines(theirs)) : base;
  const merge = mergeFile({ path, base: common, theirs, ours }, tools);
  if (merge.kind === 'conflict') return conflict('same-lines', merge.marked);
  if (isSame(theirs, merge.text)) return only('kept-edit');
  if (file.faults.length > 0) return conflict('gates', merge.text, file.faults);
  return { outcome: { kind: 'merged' }, text: withLineEndsOf(theirs, merge.text) };
}

/** Line ends and what a formatter decides are no edits. */
export function isSameText(path: string, left: string, right: string, { canonical }: Pick<DecisionTools, 'canonical'>): boolean {
  return lines(left) === lines(right) || canonical(path, lines(left)) === canonical(path, lines(right));
}

function only(kind: Exclude<FileOutcome['kind'], 'moved' | 'conflict'>): FileDecision {
  return { outcome: { kind } };
}

function conflict(why: Conflict['why'], marked: string, diagnostics?: readonly Diagnostic[]): FileDecision {
  return { outcome: { kind: 'conflict', why, isBeside: true, ...(diagnostics && { diagnostics }) }, marked };
}

/** The file stays as it is, but it does not go with the rest any more: there is nothing to put beside it. */
function broken(diagnostics: readonly Diagnostic[]): FileDecision {
  return { outcome: { kind: 'conflict', why: 'gates', isBeside: false, diagnostics } };
}

interface Sources {
  readonly path: string;
  readonly base: string;
  readonly theirs: string;
  readonly ours: string;
}

/**
 * Merges the texts as they are. Where that is a conflict, a formatter may be the reason: then as they are without what it decides,
 * which costs the user nothing but the form.
 */
export function mergeFile({ path, base, theirs, ours }: Sources, { merge, canonical }: DecisionTools): Merge {
  const asTheyAre = merge({ base: ended(base), theirs: ended(theirs), ours: ended(ours) });
  if (asTheyAre.kind === 'clean') return asTheyAre;
  const [plainBase, plainTheirs, plainOurs] = [base, theirs, ours].map((text) => ended(canonical(path, lines(text)))) as [
    string,
    string,
    string,
  ];
  if (plainTheirs === ended(theirs) && plainBase === ended(base)) return asTheyAre;
  const plain = merge({ base: plainBase, theirs: plainTheirs, ours: plainOurs });
  return plain.kind === 'clean' || countLines(plain.marked) < countLines(asTheyAre.marked) ? plain : asTheyAre;
}

/** A file in which git left a conflict between two texts of the generator is nobody's edit: without the markers it is what git put together in the base. */
function withoutMarkers(text: string): string {
  return text.replace(/^(<{7}|={7}|>{7})( .*)?\n/gm, '');
}

function countLines(text: string): number {
  return text.split('\n').length;
}

function lines(text: string): string {
  return withoutCarriageReturns(text);
}

/** Merging counts whole lines. */
function ended(text: string): string {
  const plain = lines(text);
  return plain === '' || plain.endsWith('\n') ? plain : `${plain}\n`;
}
