import { diffComm } from 'node-diff3';
import { markConflict } from './mark-conflict';
import { splitLines } from './split-lines';

/** Each difference of two texts as a conflict: for texts of which nobody knows what they come from. */
export function markDifferences(theirs: string, ours: string): string {
  return diffComm(splitLines(theirs), splitLines(ours))
    .flatMap(({ common, buffer1, buffer2 }) => common ?? markConflict(buffer1 ?? [], buffer2 ?? []))
    .join('');
}
