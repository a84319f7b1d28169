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
  return distanceByBits(shorter, longer, most);
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
/** As many as a UTF-16 code unit can be. */
const UNITS = 1 << 16;
const HIGHEST = 1 << (BITS - 1);
/** For each unit, its row in `places`; 0 for those that the shorter text does not have, so for all between two calls. */
const rowOf = new Int32Array(UNITS);
/** In each row, for each block of the shorter text, the places in that block that have the row's unit, a bit each; all zero between two calls. */
let places = new Int32Array(256);
/** For each block, a bit for each place that is one more, or one less, than the place above. */
let more = new Int32Array(1);
let less = new Int32Array(1);

/**
 * A column of the table of distances is kept in two numbers for each 32 places, with a bit for each place that is one more or one less
 * than the place above, so that a unit of the longer text costs a dozen operations for each 32 of the shorter one.
 * Source: G. Myers, A fast bit-vector algorithm for approximate string matching (1999), as H. Hyyrö (2003) gives it for whole texts.
 */
function distanceByBits(shorter: Part, longer: Part, most: number): number {
  const { text, start, length } = shorter;
  const blocks = Math.ceil(length / BITS);
  const rows = giveRows(shorter);
  makeRoom(rows, blocks);
  for (let index = 0; index < length; index += 1)
    places[rowOf[text.charCodeAt(start + index)]! * blocks + ((index / BITS) | 0)]! |= 1 << (index % BITS);
  more.fill(-1, 0, blocks);
  less.fill(0, 0, blocks);
  const distance = walkColumns(length, longer, most);
  places.fill(0, 0, rows * blocks);
  for (let index = 0; index < length; index += 1) rowOf[text.charCodeAt(start + index)] = 0;
  return distance;
}

/** A row for each unit of the text, from 1 on; returns how many rows that makes with the empty one. */
function giveRows({ text, start, length }: Part): number {
  let rows = 1;
  for (let index = start; index < start + length; index += 1) {
    const unit = text.charCodeAt(index);
    if (rowOf[unit] === 0) rowOf[unit] = rows++;
  }
  return rows;
}

function makeRoom(rows: number, blocks: number): void {
  if (places.length < rows * blocks) places = new Int32Array(rows * blocks);
  if (more.length >= blocks) return;
  more = new Int32Array(blocks);
  less = new Int32Array(blocks);
}

function walkColumns(height: number, { text, start, length }: Part, most: number): number {
  const lastBlock = ((height - 1) / BITS) | 0;
  const last = 1 << ((height - 1) % BITS);
  let distance = height;
  for (let index = 0; index < length; index += 1) {
    distance += stepColumn(rowOf[text.charCodeAt(start + index)]! * (lastBlock + 1), lastBlock, last);
    // Each unit that is left can take one edit back, no more.
    if (distance - (length - 1 - index) > most) return most + 1;
  }
  return distance;
}

/** Takes one unit of the longer text, by where its row begins; returns how the last place differs from the one left of it. */
function stepColumn(row: number, lastBlock: number, last: number): number {
  // The top of the table is one more in each column; below it, what the last place of the block above came to.
  let across = 1;
  for (let block = 0; block <= lastBlock; block += 1) {
    const isLess = across < 0 ? 1 : 0;
    const [above, below] = [more[block]!, less[block]!];
    const same = places[row + block]! | isLess;
    const kept = (((same & above) + above) ^ above) | same;
    const moreAcross = below | ~(kept | above);
    const lessAcross = above & kept;
    const end = block === lastBlock ? last : HIGHEST;
    const shifted = (moreAcross << 1) | (across > 0 ? 1 : 0);
    const vertical = places[row + block]! | below;
    across = (moreAcross & end) !== 0 ? 1 : (lessAcross & end) !== 0 ? -1 : 0;
    more[block] = (lessAcross << 1) | isLess | ~(vertical | shifted);
    less[block] = shifted & vertical;
  }
  return across;
}
