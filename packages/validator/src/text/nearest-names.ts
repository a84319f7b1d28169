import { editDistance } from './edit-distance';

/** A name and what it is compared by, so that one that is compared often is read once. */
export interface FoldedName {
  readonly name: string;
  readonly folded: string;
  /** One bit for each of its code units, several units to a bit. */
  readonly letters: number;
  /** For each of these bits, how many of its code units there are. */
  readonly counts: Uint8Array;
}

const BITS = 32;
/** What a byte holds; a unit more often than that counts as often as that, which makes texts no farther apart. */
const MOST_COUNTED = 255;

export function foldName(name: string): FoldedName {
  const folded = name.toLowerCase();
  const counts = new Uint8Array(BITS);
  let letters = 0;
  for (let index = 0; index < folded.length; index += 1) {
    const bit = folded.charCodeAt(index) & (BITS - 1);
    letters |= 1 << bit;
    if (counts[bit]! < MOST_COUNTED) counts[bit]! += 1;
  }
  return { name, folded, letters, counts };
}

/** Names a person may have meant, nearest first; at most `limit`, none when nothing is near. */
export function nearestNames(wanted: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  const near: FoldedName[] = [];
  for (const name of candidates) if (Math.abs(name.length - wanted.length) <= allowedFor(wanted)) near.push(foldName(name));
  return nearestFolded(wanted, near, limit);
}

/** The same of names that were folded before. */
export function nearestFolded(wanted: string, candidates: Iterable<FoldedName>, limit = 3): readonly string[] {
  const allowed = allowedFor(wanted);
  const { folded, letters, counts } = foldName(wanted);
  const scored: { readonly name: string; readonly distance: number }[] = [];
  for (const other of candidates) {
    if (other.name === wanted || Math.abs(other.name.length - wanted.length) > allowed) continue;
    if (leastDistance(letters, other.letters) > allowed || leastByCounts(counts, other.counts) > allowed) continue;
    const distance = editDistance(folded, other.folded, allowed);
    if (distance <= allowed) scored.push({ name: other.name, distance });
  }
  scored.sort((left, right) => left.distance - right.distance || (left.name < right.name ? -1 : 1));
  return scored.slice(0, limit).map(({ name }) => name);
}

function allowedFor({ length }: string): number {
  return Math.max(1, Math.floor(length / 3));
}

/** A unit that only one of two texts has takes an edit there, and one edit can mend one such unit of each. */
function leastDistance(left: number, right: number): number {
  return Math.max(countBits(left & ~right), countBits(right & ~left));
}

function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** The same of how often each unit is there. */
function leastByCounts(left: Uint8Array, right: Uint8Array): number {
  let [more, less] = [0, 0];
  for (let bit = 0; bit < BITS; bit += 1) {
    const difference = left[bit]! - right[bit]!;
    if (difference > 0) more += difference;
    else less -= difference;
  }
  return Math.max(more, less);
}
