import { openProject } from '@org/validator';
import { expect, test } from 'vitest';
import { surfaceHash } from './surface-hash';

const hashOf = (text: string): string => surfaceHash(openProject({ files: new Map([['a.py', text]]) }).surface('a.py')!);
const text = 'class Book:\n    def price(self) -> int:\n        return 1\n\n\nLIMIT = 3\n';

test('another body or another order is the same surface, another signature is not', () => {
  expect(hashOf('LIMIT = 3\n\n\nclass Book:\n    def price(self) -> int:\n        # More.\n        return 2\n')).toBe(hashOf(text));
  expect(hashOf(text.replace('-> int', '-> str'))).not.toBe(hashOf(text));
  expect(hashOf(`${text}\nMORE = 1\n`)).not.toBe(hashOf(text));
});
