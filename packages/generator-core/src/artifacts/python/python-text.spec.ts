import { expect, test } from 'vitest';
import { pythonComment, pythonDocstring, pythonLongString, pythonPattern, pythonString } from './python-text';

test('strings escape what ruff takes for a look-alike and keep the rest', () => {
  expect([pythonString('it\u2019s \u201cone\u201d \u2013 \u00e9t\u00e9\n'), pythonString('a"b\\')]).toEqual([
    String.raw`"it\u2019s “one” \u2013 été\n"`,
    String.raw`"a\"b\\"`,
  ]);
});

test('patterns are raw strings where Python can read them so', () => {
  expect([pythonPattern('^[0-9]{3}\\d$'), pythonPattern('^"$'), pythonPattern('a\\\\')]).toEqual([
    String.raw`r"^[0-9]{3}\d$"`,
    String.raw`"^\"$"`,
    String.raw`"a\\\\"`,
  ]);
});

test('long texts are cut between words', () => {
  expect([pythonLongString('one two three', 8), pythonLongString('short')]).toEqual(['("one two " "three")', '"short"']);
});

test('docstrings are wrapped and indented', () => {
  expect([pythonDocstring('Plain.'), pythonDocstring(`${'word '.repeat(18)}end`)]).toEqual([
    'Plain.',
    `${'word '.repeat(17).trim()}\n    word end\n    `,
  ]);
});

test('a docstring may end with a quote, and a comment stays on one line', () => {
  expect([pythonDocstring('Say "no"'), pythonComment('one\n\u203atwo\u2013')]).toEqual(['Say "no" ', 'one >two-']);
});
