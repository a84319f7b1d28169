import { expect, test } from 'vitest';
import { didYouMean, editDistance, nearestWord } from './did-you-mean';

test('distance counts insertions, deletions, replacements and swaps', () => {
  expect([
    editDistance('book', 'book'),
    editDistance('bok', 'book'),
    editDistance('books', 'book'),
    editDistance('bool', 'book'),
    editDistance('boko', 'book'),
  ]).toEqual([0, 1, 1, 1, 1]);
});

test('the nearest word is at most a third of its letters away', () => {
  expect([nearestWord('Auther', ['Book', 'Author']), nearestWord('xyz', ['Book']), nearestWord('STRING', ['string'])]).toEqual([
    'Author',
    undefined,
    'string',
  ]);
});

test('without a near word the choices are named', () => {
  expect([didYouMean({ word: 'xyz', candidates: ['a', 'b'] }), didYouMean({ word: 'xyz', candidates: [], otherwise: 'add it' })]).toEqual([
    'use one of: a, b',
    'add it',
  ]);
});
