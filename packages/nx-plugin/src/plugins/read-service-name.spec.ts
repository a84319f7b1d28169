import { expect, test } from 'vitest';
import { readServiceName } from './read-service-name';

test.each([
  ['service: shop\n', 'shop'],
  ['# a comment\nservice: my-shop  # the name\nentities: {}\n', 'my-shop'],
  ['service: "shop"\r\nentities: {}\r\n', 'shop'],
  ["entities: {}\nservice: 'shop_2'", 'shop_2'],
  ['service: shop\nentities: [not, {closed\n', 'shop'],
])('%j names %s', (text, name) => {
  expect(readServiceName(text)).toBe(name);
});

test.each([
  '',
  'name: shop\n',
  'services:\n  service: shop\n',
  'service:\n  name: shop\n',
  'service: "shop\'\n',
  'service: Shop API\n',
  '# service: shop\n',
])('%j names none', (text) => {
  expect(readServiceName(text)).toBeUndefined();
});
