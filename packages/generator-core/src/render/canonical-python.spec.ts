import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { beforeAll, describe, expect, test } from 'vitest';
import { plannedExample } from '../testing/planned-service';
import { canonicalPython } from './canonical-python';

let files: readonly (readonly [string, string])[] = [];

beforeAll(() => {
  files = [...plannedExample('bookstore').templateTexts].filter(([path]) => path.endsWith('.py'));
}, 120_000);

describe.each([79, 88, 120, 200])('reformatted for lines of %i', (lineLength) => {
  test('every file of a service is the same as before', () => {
    const ruff = new Workspace({ 'line-length': lineLength, format: { 'quote-style': 'single' } }, PositionEncoding.Utf16);
    const reformatted = files.map(([path, text]) => [path, ruff.format(text)] as const);
    expect(reformatted.filter(([, text], index) => text !== files[index]![1]).length).toBeGreaterThan(files.length / 2);
    const others = reformatted.filter(([, text], index) => canonicalPython(text) !== canonicalPython(files[index]![1]));
    expect(others.map(([path]) => path)).toEqual([]);
  });
});

test('another word, a comment or a blank line between statements of a body is another text', () => {
  const texts = ['def f():\n    a = 1\n    return a\n', 'def f():\n    b = 1\n    return b\n', 'def f():\n    a = 1\n\n    return a\n'];
  expect(new Set([...texts, `${texts[0]}# mine\n`].map(canonicalPython)).size).toBe(4);
});

test('what is no Python stays as it is', () => {
  expect(canonicalPython('def (:\r\n')).toBe('def (:\r\n');
});

test('what nests deeper than Python reads stays as it is', () => {
  const depth = 100;
  const blocks = Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}if a:\n`).join('');
  const text = `${blocks}${' '.repeat(depth)}pass\n`;
  expect(canonicalPython(text)).toBe(text);
});
