import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openProject } from '../src/index';

/** Name of the case → files; `main` is imported by CPython, and must fail exactly when we report something certain. */
const PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'clean package': {
    'main.py': 'from app.core import settings\nfrom app import core\n',
    'app/__init__.py': '',
    'app/core.py': 'settings = 1\n',
  },
  'missing module': { 'main.py': 'import app.gone\n', 'app/__init__.py': '' },
  'missing name': { 'main.py': 'from app import gone\n', 'app/__init__.py': 'here = 1\n' },
  'namespace package': { 'main.py': 'from app.inner import core\nfrom app.inner.core import x\n', 'app/inner/core.py': 'x = 1\n' },
  'module is no package': { 'main.py': 'import app.core\n', 'app.py': '', 'app/core.py': '' },
  'package beats module': { 'main.py': 'from app import inside\n', 'app.py': 'outside = 1\n', 'app/__init__.py': 'inside = 1\n' },
  'failing cycle': { 'main.py': 'import a\n', 'a.py': 'from b import y\nx = 1\n', 'b.py': 'from a import x\ny = 1\n' },
  'working cycle': { 'main.py': 'import a\n', 'a.py': 'x = 1\nfrom b import y\n', 'b.py': 'from a import x\ny = 1\n' },
  'cycle from the good side': { 'main.py': 'import b\n', 'a.py': 'from b import y\nx = 1\n', 'b.py': 'y = 1\nfrom a import x\n' },
  'cycle of modules': {
    'main.py': 'import p.a\n',
    'p/__init__.py': '',
    'p/a.py': 'import p.b as b\nx = 1\n',
    'p/b.py': 'import p.a as a\nfrom p import a as c\ny = 1\n',
  },
  'attribute of a loading module': { 'main.py': 'import a\n', 'a.py': 'import b\nx = 1\n', 'b.py': 'import a\ny = a.x\n' },
  'cycle through __init__': {
    'main.py': 'import pkg\n',
    'pkg/__init__.py': 'from .user import User\nfrom .item import Item\n',
    'pkg/user.py': 'from pkg import Item\nclass User: ...\n',
    'pkg/item.py': 'class Item: ...\n',
  },
  'cycle caught': {
    'main.py': 'import a\n',
    'a.py': 'from b import y\nx = 1\n',
    'b.py': 'try:\n    from a import x\nexcept ImportError:\n    x = None\ny = 1\n',
  },
  'submodule while the package loads': {
    'main.py': 'import pkg\n',
    'pkg/__init__.py': 'from .a import x\n',
    'pkg/a.py': 'from pkg import b\nx = b.y\n',
    'pkg/b.py': 'y = 1\n',
  },
  'star and __all__': { 'main.py': 'from a import *\nprint(x)\n', 'a.py': '__all__ = ["x"]\nx = 1\ny = 2\n' },
  'star leaves private names': { 'main.py': 'from a import *\nprint(_x)\n', 'a.py': '_x = 1\n' },
  '__all__ names nothing': { 'main.py': 'from a import *\n', 'a.py': '__all__ = ["gone"]\n' },
  'declared without a value': { 'main.py': 'from a import x\n', 'a.py': 'x: int\n' },
  deleted: { 'main.py': 'from a import x\n', 'a.py': 'x = 1\ndel x\n' },
  'module __getattr__': { 'main.py': 'from a import anything\n', 'a.py': 'def __getattr__(name):\n    return name\n' },
  'beyond top level': { 'main.py': 'import a.b\n', 'a/__init__.py': '', 'a/b.py': 'from ...c import x\n' },
  'relative import at the top': { 'main.py': 'from . import a\n', 'a.py': '' },
  'type checking only': {
    'main.py': 'from a import Decimal\n',
    'a.py': 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from decimal import Decimal\n',
  },
  'used before bound': { 'main.py': 'print(x)\nx = 1\n' },
  'exception variable': { 'main.py': 'try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    pass\nprint(error)\n' },
  'class scope': { 'main.py': 'class A:\n    n = 1\n    m = [n for _ in range(2)]\n' },
  'class scope, first iterable': { 'main.py': 'class A:\n    n = 1\n    m = [_ for _ in range(n)]\n' },
  'self import': { 'main.py': 'import a\n', 'a/__init__.py': 'from . import gone\n' },
  'empty body': { 'main.py': 'def f():\nx = 1\n' },
  'await outside': { 'main.py': 'def f():\n    await g()\n' },
  'global in a called function': { 'main.py': 'from a import x\n', 'a.py': 'def f():\n    global x\n    x = 1\nf()\n' },
  'annotation of a later class': { 'main.py': 'class A:\n    b: B\nclass B: ...\n' },
  'annotation, postponed': { 'main.py': 'from __future__ import annotations\nclass A:\n    b: B\nclass B: ...\n' },
};

const version = spawnSync('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8' }).stdout.trim();

function importsInPython(files: Readonly<Record<string, string>>): { readonly works: boolean; readonly error: string } {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const run = spawnSync('python3', ['-S', '-B', '-c', 'import main'], { cwd: folder, encoding: 'utf8' });
    return { works: run.status === 0, error: run.stderr.trim().split('\n').at(-1) ?? '' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe(`CPython ${version} agrees`, () => {
  for (const [title, files] of Object.entries(PACKAGES)) {
    test(title, () => {
      const certain = openProject({ files: new Map(Object.entries(files)), pythonVersion: version })
        .check()
        .filter(({ certainty }) => certainty === 'certain');
      const { works, error } = importsInPython(files);
      expect(certain.length === 0, `CPython: ${error || 'works'}\nours: ${certain.map(({ message }) => message).join('\n')}`).toBe(works);
    });
  }
});
