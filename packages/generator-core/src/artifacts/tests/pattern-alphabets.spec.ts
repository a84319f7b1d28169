import { expect, test } from 'vitest';
import { patternAlphabets } from './pattern-alphabets';

const digits = '0123456789';
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

test.each([
  ['^97[89][0-9]{2}$', 13, ['9', '7', '89', digits, digits]],
  ['^[A-Z][A-Z0-9]+$', 4, [upper, `${upper}${digits}`, `${upper}${digits}`, `${upper}${digits}`]],
  ['^#[0-9a-f]{3}$', 7, ['#', `${digits}abcdef`, `${digits}abcdef`, `${digits}abcdef`]],
  ['^(?:ab|cd)-\\d?x*$', 3, ['a', 'b', '-']],
  ['^(?P<year>\\d{2,4})\\.$', 20, [digits, digits, digits, digits, '.']],
  ['^(a\\d)*$', 5, ['a', digits, 'a', digits]],
])('the places of %s within %i characters', (pattern, maximum, expected) => {
  expect(patternAlphabets(pattern, { wanted: 20, maximum })).toEqual(expected);
});

test.each(['^(?=a)b$', '^(a)\\1$', '\\bword', '[^ -~]'])('%s is left to the caller', (pattern) => {
  expect(patternAlphabets(pattern, { wanted: 8, maximum: 8 })).toBeUndefined();
});

test('every choice matches', () => {
  const pattern = '^[a-z]+(?:-[a-z0-9]{2,})?[.!?]$';
  const alphabets = patternAlphabets(pattern, { wanted: 12, maximum: 12 }) ?? [];
  expect(
    [alphabets.map((alphabet) => alphabet[0]).join(''), alphabets.map((alphabet) => alphabet.at(-1)).join('')].map((text) =>
      new RegExp(pattern).test(text),
    ),
  ).toEqual([true, true]);
});
