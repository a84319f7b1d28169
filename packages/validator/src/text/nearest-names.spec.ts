import { expect, test } from 'vitest';
import { editsBetween } from '../../test/edits-between';
import { makeRandom } from '../../test/make-random';
import { nearestNames } from './nearest-names';

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
