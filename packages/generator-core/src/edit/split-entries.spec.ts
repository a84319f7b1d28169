import { expect, test } from 'vitest';
import { splitEntries } from './split-entries';

test.each([
  ['', []],
  ['stars:int', ['stars:int']],
  ['stars:int,body:text?', ['stars:int', 'body:text?']],
  ['price: decimal(10,2) min=0, at: date', ['price: decimal(10,2) min=0', 'at: date']],
  ['code: string pattern=^[a,b:c]{1,2}$, at: date', ['code: string pattern=^[a,b:c]{1,2}$', 'at: date']],
  ['code: string pattern=^[(]$, at: date,', ['code: string pattern=^[(]$', 'at: date']],
  ['code: string pattern=^\\(,x:$', ['code: string pattern=^\\(', 'x:$']],
  ['note: string = "a, b: c", at: date', ['note: string = "a, b: c"', 'at: date']],
  [
    'book: belongs_to Book on_delete=cascade, labels: many_to_many Label',
    ['book: belongs_to Book on_delete=cascade', 'labels: many_to_many Label'],
  ],
])('%j is %j', (text, entries) => {
  expect(splitEntries(text)).toEqual(entries);
});

test('another name may be asked for', () => {
  expect(splitEntries('409: paid, or so: yes, 404: gone', /^\s*\d{3}\s*:/)).toEqual(['409: paid, or so: yes', '404: gone']);
});
