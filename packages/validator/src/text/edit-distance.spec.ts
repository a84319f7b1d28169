import { expect, test } from 'vitest';
import { editsBetween } from '../../test/edits-between';
import { makeRandom } from '../../test/make-random';
import { editDistance } from './edit-distance';

// Short and long ones, so that the shorter rest fits into one number of bits or takes several, and units above ASCII in either.
test.each([
  { longest: 6, units: 'ab' },
  { longest: 32, units: 'abcd_.' },
  { longest: 40, units: 'abé' },
  { longest: 90, units: 'abcde' },
])(
  'texts of up to $longest of "$units" have the distance of the definition, and more than is asked for once it is more',
  ({ longest, units }) => {
    const random = makeRandom(longest);
    const makeText = (): string => Array.from({ length: random(longest + 1) }, () => units[random(units.length)]!).join('');
    for (let round = 0; round < 1_000; round += 1) {
      const [start, end] = [makeText().slice(0, random(4)), makeText().slice(0, random(4))];
      const [left, right] = [`${start}${makeText()}${end}`, `${start}${makeText()}${end}`];
      const [most, edits] = [random(longest), editsBetween(left, right)];
      if (edits <= most) expect(editDistance(left, right, most)).toBe(edits);
      else expect(editDistance(left, right, most)).toBeGreaterThan(most);
    }
  },
);
