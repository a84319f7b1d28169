import { editDistance } from './edit-distance';

/** Names a person may have meant, nearest first; at most `limit`, none when nothing is near. */
export function nearestNames(wanted: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const folded = wanted.toLowerCase();
  const letters = lettersOf(folded);
  const scored: { readonly name: string; readonly distance: number }[] = [];
  for (const name of candidates) {
    if (name === wanted || Math.abs(name.length - wanted.length) > allowed) continue;
    const other = name.toLowerCase();
    if (leastDistance(letters, lettersOf(other)) > allowed) continue;
    const distance = editDistance(folded, other, allowed);
    if (distance <= allowed) scored.push({ name, distance });
  }
  scored.sort((left, right) => left.distance - right.distance || (left.name < right.name ? -1 : 1));
  return scored.slice(0, limit).map(({ name }) => name);
}

/** One bit for each of the code units in the text, several units to a bit. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let index = 0; index < text.length; index += 1) letters |= 1 << (text.charCodeAt(index) & 31);
  return letters;
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
