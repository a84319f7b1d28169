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

/** Two rows of the table, which grow with the longest text. */
let rows: readonly [Uint16Array, Uint16Array] = [new Uint16Array(64), new Uint16Array(64)];

/** The number of edits; something above `most` as soon as it is certain to be more. What both begin and end with takes none. */
function editDistance(left: string, right: string, most: number): number {
  let start = 0;
  while (start < left.length && start < right.length && left.charCodeAt(start) === right.charCodeAt(start)) start += 1;
  let [end, width] = [left.length, right.length - start];
  while (end > start && width > 0 && left.charCodeAt(end - 1) === right.charCodeAt(start + width - 1)) [end, width] = [end - 1, width - 1];
  if (rows[0].length <= width) rows = [new Uint16Array(width * 2), new Uint16Array(width * 2)];
  let [previous, current] = rows;
  for (let column = 0; column <= width; column += 1) previous[column] = column;
  for (let row = 1; row <= end - start; row += 1) {
    if (fillRow(current, previous, { unit: left.charCodeAt(start + row - 1), row, right, start, width }) > most) return most + 1;
    [previous, current] = [current, previous];
  }
  return previous[width]!;
}

interface Row {
  readonly unit: number;
  readonly row: number;
  /** The part of it to compare with. */
  readonly right: string;
  readonly start: number;
  readonly width: number;
}

/** Returns the least number in the row: later rows have none below it. */
function fillRow(current: Uint16Array, previous: Uint16Array, { unit, row, right, start, width }: Row): number {
  let least = row;
  let before = row;
  current[0] = row;
  for (let column = 1; column <= width; column += 1) {
    const replaced = previous[column - 1]! + (right.charCodeAt(start + column - 1) === unit ? 0 : 1);
    before = Math.min(replaced, before + 1, previous[column]! + 1);
    current[column] = before;
    if (before < least) least = before;
  }
  return least;
}
