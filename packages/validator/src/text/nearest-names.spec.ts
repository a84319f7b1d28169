import { expect, test } from 'vitest';
import { makeRandom } from '../../test/make-random';
import { nearestNames } from './nearest-names';

/** As the definition of an edit says it, without any short way. */
function editsBetween(left: string, right: string): number {
  const table = Array.from({ length: left.length + 1 }, (_, row) => Array.from({ length: right.length + 1 }, (__, column) => row + column));
  for (let row = 1; row <= left.length; row += 1)
    for (let column = 1; column <= right.length; column += 1)
      table[row]![column] = Math.min(
        table[row - 1]![column]! + 1,
        table[row]![column - 1]! + 1,
        table[row - 1]![column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1),
      );
  return table[left.length]![right.length]!;
}

test('the nearest names are those with the fewest edits', () => {
  const random = makeRandom(11);
  const makeName = (): string => Array.from({ length: 1 + random(9) }, () => 'aabB.m1'[random(7)]!).join('');
  for (let round = 0; round < 300; round += 1) {
    const [wanted, candidates] = [makeName(), [...new Set(Array.from({ length: 20 }, makeName))]];
    const allowed = Math.max(1, Math.floor(wanted.length / 3));
    const near = candidates
      .map((name) => ({ name, edits: editsBetween(wanted.toLowerCase(), name.toLowerCase()) }))
      .filter(({ name, edits }) => name !== wanted && edits <= allowed)
      .sort((left, right) => left.edits - right.edits || (left.name < right.name ? -1 : 1));
    expect(nearestNames(wanted, candidates)).toEqual(near.slice(0, 3).map(({ name }) => name));
  }
});
