/** A part of a text. */
interface Part {
  readonly text: string;
  readonly start: number;
  readonly length: number;
}

/** The number of edits that lead from one text to the other; something above `most` as soon as it is certain to be more. */
export function editDistance(left: string, right: string, most: number): number {
  const [one, other] = withoutCommonEnds(left, right);
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  if (shorter.length === 0) return longer.length;
  return shorter.length <= MOST_BITS && isAscii(shorter) ? distanceByBits(shorter, longer, most) : distanceByRows(shorter, longer, most);
}

/** What both begin and end with takes no edit. */
function withoutCommonEnds(left: string, right: string): readonly [Part, Part] {
  let start = 0;
  while (start < left.length && start < right.length && left.charCodeAt(start) === right.charCodeAt(start)) start += 1;
  let [end, width] = [left.length, right.length - start];
  while (end > start && width > 0 && left.charCodeAt(end - 1) === right.charCodeAt(start + width - 1)) [end, width] = [end - 1, width - 1];
  return [
    { text: left, start, length: end - start },
    { text: right, start, length: width },
  ];
}

/** Bits of a number that operators work on. */
const MOST_BITS = 32;
const ASCII = 128;
/** For each unit, the places of the shorter text that have it, a bit each; all zero between two calls. */
const places = new Int32Array(ASCII);

function isAscii({ text, start, length }: Part): boolean {
  for (let index = start; index < start + length; index += 1) if (text.charCodeAt(index) >= ASCII) return false;
  return true;
}

/**
 * A column of the table of distances is kept in two numbers, with a bit for each place that is one more or one less than the place above,
 * so that a unit of the longer text costs a dozen operations however long the shorter one is.
 * Source: G. Myers, A fast bit-vector algorithm for approximate string matching (1999), as H. Hyyrö (2003) gives it for whole texts.
 */
function distanceByBits(shorter: Part, longer: Part, most: number): number {
  const { text, start, length } = shorter;
  for (let index = 0; index < length; index += 1) places[text.charCodeAt(start + index)]! |= 1 << index;
  const distance = walkColumns(length, longer, most);
  for (let index = 0; index < length; index += 1) places[text.charCodeAt(start + index)] = 0;
  return distance;
}

function walkColumns(height: number, { text, start, length }: Part, most: number): number {
  const last = 1 << (height - 1);
  let more = -1;
  let less = 0;
  let distance = height;
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(start + index);
    const same = unit < ASCII ? places[unit]! : 0;
    const across = (((same & more) + more) ^ more) | same;
    const moreAcross = less | ~(across | more);
    const lessAcross = more & across;
    if ((moreAcross & last) !== 0) distance += 1;
    else if ((lessAcross & last) !== 0) distance -= 1;
    // Each unit that is left can take one edit back, no more.
    if (distance - (length - 1 - index) > most) return most + 1;
    const shifted = (moreAcross << 1) | 1;
    more = (lessAcross << 1) | ~(same | less | shifted);
    less = shifted & (same | less);
  }
  return distance;
}

/** Two rows of the table, which grow with the longest text. */
let rows: readonly [Uint16Array, Uint16Array] = [new Uint16Array(64), new Uint16Array(64)];

function distanceByRows(shorter: Part, longer: Part, most: number): number {
  const width = longer.length;
  if (rows[0].length <= width) rows = [new Uint16Array(width * 2), new Uint16Array(width * 2)];
  let [previous, current] = rows;
  for (let column = 0; column <= width; column += 1) previous[column] = column;
  for (let row = 1; row <= shorter.length; row += 1) {
    const unit = shorter.text.charCodeAt(shorter.start + row - 1);
    if (fillRow(current, previous, { unit, row, longer }) > most) return most + 1;
    [previous, current] = [current, previous];
  }
  return previous[width]!;
}

interface Row {
  readonly unit: number;
  readonly row: number;
  readonly longer: Part;
}

/** Returns the least number in the row: later rows have none below it. */
function fillRow(current: Uint16Array, previous: Uint16Array, { unit, row, longer: { text, start, length } }: Row): number {
  let least = row;
  let before = row;
  current[0] = row;
  for (let column = 1; column <= length; column += 1) {
    const replaced = previous[column - 1]! + (text.charCodeAt(start + column - 1) === unit ? 0 : 1);
    before = Math.min(replaced, before + 1, previous[column]! + 1);
    current[column] = before;
    if (before < least) least = before;
  }
  return least;
}
