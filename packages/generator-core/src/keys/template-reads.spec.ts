import { Template } from '@huggingface/jinja';
import { expect, test } from 'vitest';
import { templateReads } from './template-reads';
import { valuesRead } from './values-read';

const readsOf = (source: string): readonly string[] => templateReads(source).map(({ path, take }) => `${take} ${path.join('.')}`);

test.each([
  ['{{ entity.name }} of {{ spec.service }}', ['value entity.name', 'value spec.service']],
  [
    '{% if spec.auth %}{{ a }}{% elif not b.c and d %}{{ e }}{% endif %}',
    ['truth b.c', 'truth d', 'truth spec.auth', 'value a', 'value e'],
  ],
  ['{{ "x" if spec.auth else other }}{{ "y" if more }}', ['truth more', 'truth spec.auth', 'value other']],
  ['{{ list | length }}{% if list | length > limit %}{% endif %}', ['length list', 'value limit']],
  ['{{ names | join(sep) }}{{ first[index].title }}', ['value first', 'value index', 'value join', 'value names', 'value sep']],
  ['{{ values.items() }}{{ text.upper() }}', ['value text', 'value values']],
  ['{% for a in things if a.on %}{{ a.name }}{% endfor %}', ['truth a.on', 'value a', 'value a.name', 'value things']],
  ['{% set row = e.module %}{% macro m(x=y.z) %}{{ x }}{% endmacro %}', ['value e.module', 'value m', 'value row', 'value x', 'value y.z']],
])('what is read of the view: %s', (source, reads) => {
  expect(readsOf(source)).toEqual(reads);
});

test('what is not read changes nothing, and only as much counts as is read', () => {
  const reads = templateReads('{{ a.name }}{{ "!" if b }}{{ c | length }}{% if a.on %}{{ d.e }}{% endif %}{{ d }}{{ f.length }}');
  const view = { a: { name: 'x', on: 1, more: 1 }, b: ['y'], c: 'abc', d: { e: 1, g: 2 }, f: [1], h: 3 };
  const values = valuesRead(view, reads);
  expect(JSON.parse(values)).toEqual([
    ['length', 'c', 3],
    ['truth', 'a.on', true],
    ['truth', 'b', true],
    ['value', 'a.name', 'x'],
    ['value', 'd', { e: 1, g: 2 }],
    ['value', 'f.length', [1]],
  ]);
  expect(valuesRead({ ...view, a: { name: 'x', on: [0], more: 2 }, b: { z: 0 }, c: [1, 2, 3], h: 4 }, reads)).toBe(values);
  expect(valuesRead({ ...view, b: [] }, reads)).not.toBe(values);
  expect(valuesRead({ ...view, a: undefined }, reads)).not.toBe(values);
});

test('a template is all there is to its text: the language includes nothing', () => {
  for (const statement of ['include "x"', 'import "x" as y', 'extends "x"', 'from "x" import y'])
    expect(() => new Template(`{% ${statement} %}`)).toThrow();
});
