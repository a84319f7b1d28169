import { expect, test } from 'vitest';
import { kebabCase, pascalCase, pluralOf, sentenceCase, snakeCase, spacedWords } from './naming';

test('class names become snake case', () => {
  expect(['Book', 'OrderItem', 'HTTPLog', 'Book2', 'AClass'].map(snakeCase)).toEqual([
    'book',
    'order_item',
    'http_log',
    'book2',
    'a_class',
  ]);
});

test('snake case becomes the other cases', () => {
  expect([pascalCase('pay_order'), kebabCase('order_items'), spacedWords('order_item'), sentenceCase('in_progress')]).toEqual([
    'PayOrder',
    'order-items',
    'order item',
    'In progress',
  ]);
});

test('plurals follow English', () => {
  const singular = [
    'book',
    'category',
    'box',
    'status',
    'child',
    'day',
    'match',
    'order_item',
    'sales_person',
    'address',
    'hero',
    'photo',
    'leaf',
    'constructor',
  ];
  expect(singular.map(pluralOf)).toEqual([
    'books',
    'categories',
    'boxes',
    'statuses',
    'children',
    'days',
    'matches',
    'order_items',
    'sales_people',
    'addresses',
    'heroes',
    'photos',
    'leaves',
    'constructors',
  ]);
});
