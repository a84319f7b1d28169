import type { FileConflict } from '../promote/file-outcome';
import type { Phase } from '../plan/artifact';

export type MigrationReport =
  /** Written by this run; `losses` is what a downgrade cannot give back. */
  | { readonly kind: 'written'; readonly path: string; readonly summary: string; readonly losses: readonly string[] }
  /** The user writes it. */
  | { readonly kind: 'by-hand'; readonly summary: string }
  /** The project has migrations from before the tables were recorded, so that nothing could be compared. */
  | { readonly kind: 'not-compared' };

/** The final record of a run. Carries no time and no path of a machine. */
export interface GenerationReport {
  readonly service: string;
  readonly phases: readonly { readonly phase: Phase; readonly artifacts: number }[];
  readonly batches: number;
  /** Artifacts that were made in this run, and all there are. */
  readonly made: number;
  readonly artifacts: number;
  /** What a model wrote and no longer fits, so that the template's file stands there; sorted. */
  readonly unfit: readonly string[];
  /** Files whose text differs from the disk. */
  readonly written: readonly string[];
  /** Files that are on the disk already, byte for byte. */
  readonly unchanged: readonly string[];
  readonly deleted: readonly string[];
  /** Edited by the user and left alone, because the generator has nothing new for them. */
  readonly keptEdits: readonly string[];
  /** Files in which the user's edits and the generator's came together. */
  readonly merged: readonly string[];
  /** Files whose entity has another name. */
  readonly moved: readonly { readonly from: string; readonly path: string; readonly isMerged: boolean }[];
  /** Files that the spec gives to the user. */
  readonly owned: readonly string[];
  /** Edited files that the plan has no longer: they are the user's from now on. */
  readonly left: readonly string[];
  /** Files that the user has to settle. */
  readonly conflicts: readonly FileConflict[];
  /** What the change of the tables asks for; undefined when it asks for nothing. */
  readonly migration?: MigrationReport;
  /** Deleted by the user and left so. */
  readonly keptDeletions: readonly string[];
  /** Operations nobody has written yet: each answers 501 until its service function is written. */
  readonly operations: readonly { readonly name: string; readonly path: string; readonly examples: number }[];
}
