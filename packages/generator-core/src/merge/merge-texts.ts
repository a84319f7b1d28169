import { diff3Merge } from 'node-diff3';
import { markConflict } from './mark-conflict';
import { markDifferences } from './mark-differences';
import type { Merge, MergeSources } from './merger';
import { splitLines } from './split-lines';

/** Pairs of equal lines that are looked at, at most: in texts with more the search for common lines takes minutes. */
const mostPairs = 4_000_000;

/**
 * Merges line by line, without git.
 *
 * Where lines are equal, a change can often be told in several ways: of two empty lines, either may be the one that was taken out.
 * The texts are merged from the top and from the bottom, and what does not come to the same is a conflict. So a clean merge has the
 * text that git's has; git, which has rules of its own for such places, merges a few more.
 */
export function mergeTexts({ base, theirs, ours }: MergeSources): Merge {
  const lines: Lines = { base: splitLines(base), theirs: splitLines(theirs), ours: splitLines(ours) };
  if (equalPairs(lines.base, lines.theirs) + equalPairs(lines.base, lines.ours) > mostPairs)
    return { kind: 'conflict', marked: markConflict(lines.theirs, lines.ours).join('') };
  const regions = regionsOf(lines);
  const clean = cleanText(regions);
  if (clean === undefined) return { kind: 'conflict', marked: regions.flatMap(markRegion).join('') };
  const upwards = cleanText(regionsOf({ base: lines.base.toReversed(), theirs: lines.theirs.toReversed(), ours: lines.ours.toReversed() }));
  return clean.join('') === upwards?.toReversed().join('')
    ? { kind: 'clean', text: clean.join('') }
    : { kind: 'conflict', marked: markDifferences(theirs, ours) };
}

interface Lines {
  readonly base: string[];
  readonly theirs: string[];
  readonly ours: string[];
}

type Region = ReturnType<typeof diff3Merge<string>>[number];

function regionsOf({ base, theirs, ours }: Lines): readonly Region[] {
  return diff3Merge(theirs, base, ours, { excludeFalseConflicts: true });
}

/** Undefined when there is a conflict. */
function cleanText(regions: readonly Region[]): readonly string[] | undefined {
  return regions.some(({ conflict }) => conflict !== undefined) ? undefined : regions.flatMap(({ ok }) => ok ?? []);
}

function markRegion({ ok, conflict }: Region): readonly string[] {
  return conflict === undefined ? (ok ?? []) : markConflict(conflict.a, conflict.b);
}

function equalPairs(left: readonly string[], right: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of left) counts.set(line, (counts.get(line) ?? 0) + 1);
  return right.reduce((sum, line) => sum + (counts.get(line) ?? 0), 0);
}
