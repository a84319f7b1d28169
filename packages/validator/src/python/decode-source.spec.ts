import { describe, expect, test } from 'vitest';
import { decodeSource } from './decode-source';

const bytesOf = (latin1: string) => Buffer.from(latin1, 'latin1');

describe('what CPython 3.11 reads, executed', () => {
  test.each([
    ['# coding: latin-1\nx="\xe9"', 'é'],
    ['#!python\n# -*- coding: Latin_1 -*-\nx="\xe9"', 'é'],
    ['\f\n# coding: latin-1-unix\nx="\xe9"', 'é'],
    ['# vim: set fileencoding=koi8-r :\nx="\xe9"', 'И'],
    ['# coding: iso-8859-15\nx="\xa4"', '€'],
    ['# coding: utf-8-foo\nx="\xc3\xa9"', 'é'],
    ['# coding: ascii\nx="e"', 'e'],
    ['\xef\xbb\xbf# coding: utf-8\nx="\xc3\xa9"', 'é'],
    ['x="\xc3\xa9"\n# coding: latin-1\n', 'é'],
  ])('%j', (source, value) => {
    const decoded = decodeSource(bytesOf(source));
    expect(decoded.kind === 'text' ? /x="(.*)"/.exec(decoded.text)?.[1] : decoded.reason).toBe(value);
  });
});

describe('what it refuses, executed', () => {
  test.each([
    ['x=1\n\0', 'it contains null bytes, which no Python source may. Save it as text, or restore it'],
    ['\xef\xbb\xbf# coding: latin-1\nx=1', 'it has the byte order mark of UTF-8 but names the encoding `latin-1`. Remove one of the two'],
    ['# coding: foo\nx=1', 'it names the encoding `foo`, which Python does not read source in. Save it as UTF-8 and remove the comment'],
    [
      '# coding: utf-16\nx=1',
      'it names the encoding `utf-16`, which Python does not read source in. Save it as UTF-8 and remove the comment',
    ],
    ['# coding: ascii\nx="\xe9"', 'it is not the ascii text its first lines say. Save it as UTF-8'],
    ['# coding: utf-8\nx="\xe9"', 'it is not the utf-8 text its first lines say. Save it as UTF-8'],
    [
      'x=1\n# coding: latin-1\nx="\xe9"',
      'it is not UTF-8 text. Save it as UTF-8, or name its encoding in the first line, as in `# -*- coding: latin-1 -*-`',
    ],
  ])('%j', (source, reason) => {
    expect(decodeSource(bytesOf(source))).toEqual({ kind: 'fault', reason, certain: true });
  });
});

test('an encoding that Python has and Node lacks may be right', () => {
  expect(decodeSource(bytesOf('# coding: cp437\nx="\x81"'))).toEqual({
    kind: 'fault',
    reason: 'it names the encoding `cp437`, which is not known here. Save it as UTF-8 and remove the comment',
    certain: false,
  });
});
