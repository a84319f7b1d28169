import { editDistance } from './edit-distance';

/** A name and what it is compared by, so that one that is compared often is read once. */
export interface FoldedName {
  readonly name: string;
  readonly folded: string;
  /** How many of its code units there are of each kind, several units to a kind. */
  readonly counts: Uint8Array;
}

const KINDS = 32;
/** What a byte holds; a unit more often than that counts as often as that, which makes texts no farther apart. */
const MOST_COUNTED = 255;

export function foldName(name: string): FoldedName {
  const folded = name.toLowerCase();
  const counts = new Uint8Array(KINDS);
  for (let index = 0; index < folded.length; index += 1) {
    const kind = folded.charCodeAt(index) & (KINDS - 1);
    if (counts[kind]! < MOST_COUNTED) counts[kind]! += 1;
  }
  return { name, folded, counts };
}

/** Names a person may have meant, nearest first; at most `limit`, none when nothing is near. */
export function nearestNames(wanted: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  const allowed = allowedFor(wanted);
  const near: FoldedName[] = [];
  for (const name of candidates) if (Math.abs(name.length - wanted.length) <= allowed) near.push(foldName(name));
  return nearestFolded(wanted, near, limit);
}

/** The same of names that were folded before. */
export function nearestFolded(wanted: string, candidates: Iterable<FoldedName>, limit = 3): readonly string[] {
  const allowed = allowedFor(wanted);
  const { folded, counts } = foldName(wanted);
  const scored: { readonly name: string; readonly distance: number }[] = [];
  for (const other of candidates) {
    if (other.name === wanted || Math.abs(other.name.length - wanted.length) > allowed) continue;
    if (leastByCounts(counts, other.counts) > allowed) continue;
    const distance = editDistance(folded, other.folded, allowed);
    if (distance <= allowed) scored.push({ name: other.name, distance });
  }
  scored.sort((left, right) => left.distance - right.distance || (left.name < right.name ? -1 : 1));
  return scored.slice(0, limit).map(({ name }) => name);
}

function allowedFor({ length }: string): number {
  return Math.max(1, Math.floor(length / 3));
}

/** A unit that one of two texts has more often takes an edit there, and one edit can mend one such unit of each. */
function leastByCounts(left: Uint8Array, right: Uint8Array): number {
  let [more, less] = [0, 0];
  for (let kind = 0; kind < KINDS; kind += 1) {
    const difference = left[kind]! - right[kind]!;
    if (difference > 0) more += difference;
    else less -= difference;
  }
  return Math.max(more, less);
}
