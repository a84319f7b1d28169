import { expect, test } from 'vitest';
import { updateRequirement, updateSpecifier } from './update-specifier';

test.each([
  ['money==0.1.0', 'money==0.2.0'],
  ['money >= 0.1', 'money >= 0.2.0'],
  ['money[eur,usd]~=0.1.0 ; python_version > "3.11"', 'money[eur,usd]~=0.2.0 ; python_version > "3.11"'],
])('%s becomes %s', (before, after) => {
  expect(updateRequirement(before, '0.2.0')).toEqual({ kind: 'updated', text: after });
});

test.each([
  ['money', 'unchanged'],
  ['money[eur]', 'unchanged'],
  ['money==0.2.0', 'unchanged'],
  ['money>=0.1,<0.2', 'left'],
  ['money!=0.1', 'left'],
  ['money===0.1.0', 'left'],
  ['money==0.1.*', 'left'],
])('%s is %s', (text, kind) => {
  expect(updateRequirement(text, '0.2.0')).toEqual({ kind });
});

test.each([
  ['^0.1.0', { kind: 'updated', text: '^0.2.0' }],
  ['~0.1', { kind: 'updated', text: '~0.2.0' }],
  ['0.1.0', { kind: 'updated', text: '0.2.0' }],
  ['*', { kind: 'unchanged' }],
  ['>=0.1,<1', { kind: 'left' }],
])('%s of Poetry', (text, expected) => {
  expect(updateSpecifier(text, '0.2.0')).toEqual(expected);
});
