import type { FileConflict, FileOutcome } from './file-outcome';

/** What the user has to settle. */
export function conflictsIn(outcomes: ReadonlyMap<string, FileOutcome>): readonly FileConflict[] {
  return [...outcomes].flatMap(([path, outcome]) => (outcome.kind === 'conflict' ? [{ ...outcome, path }] : []));
}
