import { expect, test } from 'vitest';
import { isSameButForPlaces } from './is-same-but-for-places';

const at = (start: number, end: number, variable: string, inner: unknown = { functionOffset: start + 1 }) => ({
  span: { start, end },
  variable,
  inner,
});

test.each([
  ['the same places', [at(1, 5, 'x@3')], [at(1, 5, 'x@3')], true],
  ['all places moved', [at(1, 5, 'x@3')], [at(11, 15, 'x@13')], true],
  ['some places moved, the order kept', [at(1, 5, 'x@3'), at(6, 9, 'y')], [at(1, 5, 'x@3'), at(16, 39, 'y')], true],
  ['two places change their order', [at(1, 9, 'x@3'), at(20, 30, 'y@22')], [at(20, 30, 'x@22'), at(1, 9, 'y@3')], false],
  ['two places fall together', [at(1, 5, 'x@3')], [at(1, 5, 'x@5')], false],
  ['one place becomes two', [{ start: 3, end: 3 }], [{ start: 3, end: 4 }], false],
  ['another name at the place', [at(1, 5, 'x@3')], [at(1, 5, 'y@3')], false],
  ['a number that is no place', [{ count: 1 }], [{ count: 2 }], false],
  ['a field more', [{ start: 1 }], [{ start: 1, text: 'a' }], false],
  ['another field', [{ start: 1, name: undefined }], [{ start: 1, text: undefined }], false],
  ['an item more', [[1]], [[1, 2]], false],
  ['a list instead of an object', [{}], [[]], false],
  ['nothing instead of an object', [null], [{}], false],
])('%s', (_, left, right, isSame) => {
  expect(isSameButForPlaces(left, right)).toBe(isSame);
  expect(isSameButForPlaces(right, left)).toBe(isSame);
});
