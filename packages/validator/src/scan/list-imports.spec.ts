import { describe, expect, test } from 'vitest';
import { listImports } from './list-imports';
import type { WrittenImport } from './written-import';

const plain = (module: string): WrittenImport => ({ level: 0, module, names: [] });
const from = (module: string, ...names: readonly string[]): WrittenImport => ({ level: 0, module, names });
const relative = (level: number, module: string, ...names: readonly string[]): WrittenImport => ({ level, module, names });

describe('every way to write an import', () => {
  test.each<readonly [string, readonly WrittenImport[]]>([
    ['import a', [plain('a')]],
    ['import a.b.c', [plain('a.b.c')]],
    ['import a as b, c.d as e, f', [plain('a'), plain('c.d'), plain('f')]],
    ['import a . b', [plain('a.b')]],
    ['import a\\\n.b, \\\r\n c', [plain('a.b'), plain('c')]],
    ['import aas', [plain('aas')]],
    ['import as_', [plain('as_')]],
    ['import a;import b', [plain('a'), plain('b')]],
    ['from a import b', [from('a', 'b')]],
    ['from a.b import c as d, e', [from('a.b', 'c', 'e')]],
    ['from a import (b, c)', [from('a', 'b', 'c')]],
    ['from a import (\n    b,  # one, "two"\n    # import three\n    c as d,\n)', [from('a', 'b', 'c')]],
    ['from a import(b)', [from('a', 'b')]],
    ['from a import *', [from('a', '*')]],
    ['from a import*', [from('a', '*')]],
    ['from a \\\n  import b', [from('a', 'b')]],
    ['from . import a', [relative(1, '', 'a')]],
    ['from .import a', [relative(1, '', 'a')]],
    ['from.a import b', [relative(1, 'a', 'b')]],
    ['from ... a.b import c', [relative(3, 'a.b', 'c')]],
    ['from fromage import b', [from('fromage', 'b')]],
    ['from imports import importer', [from('imports', 'importer')]],
    ['import größe', [plain('größe')]],
    ['\uFEFFimport a', [plain('a')]],
  ])('%j', (text, imports) => {
    expect(listImports(text)).toEqual(imports);
  });
});

describe('every place where one may stand', () => {
  test.each([
    'if TYPE_CHECKING:\n    import a',
    'if TYPE_CHECKING: import a',
    'try: import a\nexcept ImportError: pass',
    'def f():\n    x = 1\n    import a\n    return a',
    'class A: import a',
    'x = "b"; import a',
    'x = """\n""";import a',
    'def f():\n    yield from x\n    import a',
    'try: pass\nexcept E as e:\n    raise X from e\nimport a',
    'raise X from e; import a',
    'x = f"{y!r:{"import"}}"\nimport a',
    'x = 1 # "\nimport a',
    'x = 1\rimport a',
    '\timport a # b',
    '0xor 1\nimport a',
  ])('%j', (text) => {
    expect(listImports(text)).toEqual([plain('a')]);
  });
});

describe('what is none', () => {
  test.each([
    '',
    '# import a',
    '"import a"',
    '"""\nimport a\nfrom b import c\n"""',
    "'''import a'''",
    'r"\\" # "; x = "import a"',
    'rb"""\\""" import a"""',
    'f"{x}import a"',
    'f"""{x:\n}import a"""',
    '"it\'s # not" \'"import a"\'',
    '"a \\\nimport b"',
    'important = 1',
    'reimport(a)',
    'import_module("a")',
    '__import__("a")',
    'import',
    'from a',
  ])('%j', (text) => {
    expect(listImports(text)).toEqual([]);
  });
});

describe('a text that is not all Python', () => {
  test.each<readonly [string, readonly WrittenImport[]]>([
    ['import a\nx = (\nimport b\n', [plain('a'), plain('b')]],
    ['x = "open\nimport a', [plain('a')]],
    ['import a\n"""open\nimport b', [plain('a')]],
    ['def f(:\nfrom a import b', [from('a', 'b')]],
    ['from a import', [from('a')]],
    ['from a import (b, c', [from('a', 'b', 'c')]],
    ['from import b', [from('', 'b')]],
    ['<<<<<<< ours\nimport a\n=======\nimport b\n>>>>>>> theirs', [plain('a'), plain('b')]],
  ])('%j', (text, imports) => {
    expect(listImports(text)).toEqual(imports);
  });
});
