import { expect, test } from 'vitest';
import { renameEntities } from './rename-entities';

const names = { renames: [{ was: 'Book', name: 'PrintWork' }], entities: ['PrintWork', 'BookReview', 'Author'] };

test.each([
  ['class BookRead(BookBase): ...', 'class PrintWorkRead(PrintWorkBase): ...'],
  ['from app.models.book import Book', 'from app.models.print_work import PrintWork'],
  ['book_id, list_books, BOOKS, _book2', 'print_work_id, list_print_works, PRINT_WORKS, _book2'],
  ['"/books", tags=["books"]', '"/print_works", tags=["print_works"]'],
  [
    'BookReview, book_reviews, book_review_id, Booking, notebook, bookshelf',
    'BookReview, book_reviews, book_review_id, Booking, notebook, bookshelf',
  ],
  ['EBook, eBook', 'EBook, eBook'],
])('%s', (text, renamed) => {
  expect(renameEntities(text, names)).toBe(renamed);
});

test('back from several words to one, in each form', () => {
  const text = 'OrderItem order_item order_items order-items order items Order items ORDER_ITEMS';
  expect(renameEntities(text, { renames: [{ was: 'OrderItem', name: 'Line' }], entities: ['Line'] })).toBe(
    'Line line lines lines lines Lines LINES',
  );
});

test('two entities change names at once, each to what the other was called', () => {
  const renames = [
    { was: 'Cat', name: 'Dog' },
    { was: 'Dog', name: 'Cat' },
  ];
  expect(renameEntities('Cat dog cats', { renames, entities: ['Cat', 'Dog'] })).toBe('Dog cat dogs');
});

test('nothing is renamed, nothing changes', () => {
  expect(renameEntities('Book', { renames: [], entities: ['Book'] })).toBe('Book');
});
