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
  return isAscii(shorter) ? distanceByBits(shorter, longer, most) : distanceByRows(shorter, longer, most);
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
const BITS = 32;
const ASCII = 128;
const HIGHEST = 1 << (BITS - 1);
/** For each block of the shorter text and each unit, the places in that block that have the unit, a bit each; all zero between two calls. */
let places = new Int32Array(ASCII);
/** For each block, a bit for each place that is one more, or one less, than the place above. */
let more = new Int32Array(1);
let less = new Int32Array(1);

function isAscii({ text, start, length }: Part): boolean {
  for (let index = start; index < start + length; index += 1) if (text.charCodeAt(index) >= ASCII) return false;
  return true;
}

/**
 * A column of the table of distances is kept in two numbers for each 32 places, with a bit for each place that is one more or one less
 * than the place above, so that a unit of the longer text costs a dozen operations for each 32 of the shorter one.
 * Source: G. Myers, A fast bit-vector algorithm for approximate string matching (1999), as H. Hyyrö (2003) gives it for whole texts.
 */
function distanceByBits(shorter: Part, longer: Part, most: number): number {
  const { text, start, length } = shorter;
  const blocks = Math.ceil(length / BITS);
  if (more.length < blocks) {
    places = new Int32Array(ASCII * blocks);
    more = new Int32Array(blocks);
    less = new Int32Array(blocks);
  }
  for (let index = 0; index < length; index += 1) places[slotOf(index, text.charCodeAt(start + index))]! |= 1 << (index % BITS);
  more.fill(-1, 0, blocks);
  less.fill(0, 0, blocks);
  const distance = walkColumns(length, longer, most);
  for (let index = 0; index < length; index += 1) places[slotOf(index, text.charCodeAt(start + index))] = 0;
  return distance;
}

function slotOf(index: number, unit: number): number {
  return ((index / BITS) | 0) * ASCII + unit;
}

function walkColumns(height: number, { text, start, length }: Part, most: number): number {
  const lastBlock = ((height - 1) / BITS) | 0;
  const last = 1 << ((height - 1) % BITS);
  let distance = height;
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(start + index);
    distance += stepColumn(unit < ASCII ? unit : -1, lastBlock, last);
    // Each unit that is left can take one edit back, no more.
    if (distance - (length - 1 - index) > most) return most + 1;
  }
  return distance;
}

/** Takes one unit of the longer text; returns how the last place differs from the one left of it. `unit` below 0 is one that no place has. */
function stepColumn(unit: number, lastBlock: number, last: number): number {
  // The top of the table is one more in each column; below it, what the last place of the block above came to.
  let across = 1;
  for (let block = 0; block <= lastBlock; block += 1) {
    const isLess = across < 0 ? 1 : 0;
    const [above, below] = [more[block]!, less[block]!];
    const same = (unit < 0 ? 0 : places[block * ASCII + unit]!) | isLess;
    const kept = (((same & above) + above) ^ above) | same;
    const moreAcross = below | ~(kept | above);
    const lessAcross = above & kept;
    const end = block === lastBlock ? last : HIGHEST;
    const shifted = (moreAcross << 1) | (across > 0 ? 1 : 0);
    const vertical = (unit < 0 ? 0 : places[block * ASCII + unit]!) | below;
    across = (moreAcross & end) !== 0 ? 1 : (lessAcross & end) !== 0 ? -1 : 0;
    more[block] = (lessAcross << 1) | isLess | ~(vertical | shifted);
    less[block] = shifted & vertical;
  }
  return across;
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
