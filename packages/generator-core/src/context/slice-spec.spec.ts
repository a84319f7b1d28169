import { expect, test } from 'vitest';
import { sliceSpec } from './slice-spec';

const SPEC = `service: shop
entities:
  Book:                         # what is sold
    fields: { title: string(1..200) }
  Shelf:
    fields: { name: string(1..20) }
    relations:
      books: has_many Book.shelf

operations:
  sell:
    route: POST /books/{book_id}/sell
    describe: >
      Sell it.
  count:
    route: GET /count
    describe: Count them.
`;

test('an operation with the entities it has to do with, as the user wrote them', () => {
  expect(sliceSpec(SPEC, { operation: 'sell' }, ['Book'])).toBe(`entities:
  Book:                         # what is sold
    fields: { title: string(1..200) }
operations:
  sell:
    route: POST /books/{book_id}/sell
    describe: >
      Sell it.`);
});

test('an entity', () => {
  expect(sliceSpec(SPEC, { entity: 'Shelf' }, [])).toBe(`entities:
  Shelf:
    fields: { name: string(1..20) }
    relations:
      books: has_many Book.shelf`);
});

test('a file there is one of gets what is said of the service as a whole', () => {
  const settings = 'auth: # who asks\n  user: User\n';
  expect(sliceSpec(SPEC.replace('entities:\n', `${settings}entities:\n`), {}, [])).toBe(`service: shop\n${settings.trimEnd()}`);
});
