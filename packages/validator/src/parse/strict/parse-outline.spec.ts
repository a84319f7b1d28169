import { describe, expect, test } from 'vitest';
import type { SyntaxNode } from '../syntax-node';
import { parseOutline } from './parse-outline';
import { parseStrictly } from './parse-strictly';

/** Where each function stands, and its body. */
function listFunctions(root: SyntaxNode | undefined): readonly string[] {
  const found: string[] = [];
  const pending = root === undefined ? [] : [root];
  for (let node = pending.shift(); node !== undefined; node = pending.shift()) {
    if (node.type === 'function_definition')
      found.push(`${node.start}-${node.end} ${node.children.at(-1)!.start}-${node.children.at(-1)!.end}`);
    else pending.push(...node.children);
  }
  return found;
}

function skippedBodies(text: string): number {
  const pending = [parseOutline(text)!];
  let skipped = 0;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'block' && node.children.length === 0) skipped += 1;
    pending.push(...node.children);
  }
  return skipped;
}

const SKIPPED: readonly string[] = [
  'def f():\n    x = 1\n',
  'def f():\n    x = 1',
  'async def f(): # a\n    # b\n    """doc"""\n    # c\n\n    return 1 # d\n    # e\n# f\nx = 1\n',
  'class A:\n    def f(self):\n        pass\n        # a\n    # b\n    x = 1\n',
  'if a:\n  def f():\n    x\n  # c\nelse:\n  y\n',
  'def f():\n    x = """\nnot the end\n"""\n    y = [1,\n2,\n]\ny = 1\n',
  'def f():\n    x = 1 + \\\n2\ny = 1\n',
  'def f():\n    x = "\\"" + \'#\' # "\n    y\nz\n',
  'def f():\n    x = f"{a["b"]}" + f"{a:>{w}}"\n    y\nz\n',
  'def f():\r\n    x = 1 \r\n\r\ny = 1\r\n',
  'def f():\n    if a:\n        b\n    else:\n        c\n\n\n@d\ndef g():\n    é = "é"\n',
];

describe('a body that matters to nobody is passed over', () => {
  test.each(SKIPPED.map((text) => ({ text })))('$text', ({ text }) => {
    expect(skippedBodies(text)).toBeGreaterThan(0);
    expect(listFunctions(parseOutline(text))).toEqual(listFunctions(parseStrictly(text)));
  });
});

test('a body that may matter to others is read', () => {
  const bodies = [
    'import a',
    'from a import b',
    'global a',
    'globals()["a"] = 1',
    'vars (a)["b"] = 1',
    'locals()',
    'exec("a")',
    'setattr(a, "b", 1)',
    'sys.modules["a"] = b',
    '__import__("a")',
    'import_module("a")',
    'mock.patch("a.b")',
  ];
  expect(bodies.filter((body) => skippedBodies(`def f():\n    if a:\n        ${body}\n`) > 0)).toEqual([]);
});

test('what stands in such a body is not judged', () => {
  expect(skippedBodies('def f():\n    this is not read\n')).toBe(1);
});

test('one line, a tab or a text in doubt is not passed over', () => {
  expect(skippedBodies('def f(): pass\n')).toBe(0);
  expect(skippedBodies('def f():\n\tpass\n')).toBe(0);
  expect(parseOutline('def f():\npass\n')).toBeUndefined();
  expect(parseOutline('def f():\n    x = (\n')).toBeUndefined();
  expect(parseOutline('def f():\n    x = "a\n')).toBeUndefined();
  expect(parseOutline('def f():\n        x\n    y\n')).toBeUndefined();
  expect(parseOutline('x = = 1\n')).toBeUndefined();
});
