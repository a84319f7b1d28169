import { describe, expect, test } from 'vitest';
import { openProject } from '../src/index';

const MODULE = `
import json
from decimal import Decimal
LIMIT: int = 10
_hidden = 1
table = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8}


class User(Base, metaclass=Meta):
    """Doc."""

    __tablename__ = "users"
    name: Mapped[str] = mapped_column(
        String(50),  # short
    )

    @property
    def label(self) -> str:
        return self.name

    def _secret(self): ...


@lru_cache
async def load(
    session: AsyncSession,  # the session
    *,
    limit: int = LIMIT,
) -> list[User]:
    return []


type Ids = list[int]
`;

describe('surface', () => {
  test('names, kinds and signatures without bodies', () => {
    const surface = openProject({ files: new Map([['app/user.py', MODULE]]) }).surface('app/user.py');
    expect(surface).toEqual({
      path: 'app/user.py',
      module: 'app.user',
      exports: [
        { name: 'Ids', kind: 'type-alias', signature: 'type Ids = list[int]' },
        { name: 'LIMIT', kind: 'variable', signature: 'LIMIT: int = 10' },
        {
          name: 'User',
          kind: 'class',
          signature: [
            'class User(Base, metaclass=Meta):',
            '    __tablename__ = "users"',
            '    name: Mapped[str] = mapped_column(String(50))',
            '    @property',
            '    def label(self) -> str: ...',
          ].join('\n'),
        },
        {
          name: 'load',
          kind: 'function',
          signature: '@lru_cache\nasync def load(session: AsyncSession, *, limit: int = LIMIT) -> list[User]',
        },
        { name: 'table', kind: 'variable', signature: 'table = ...' },
      ],
    });
  });

  test('a body does not show', () => {
    const surfaceOf = (text: string) => openProject({ files: new Map([['a.py', text]]) }).surface('a.py');
    expect(surfaceOf('def f(a, b = 1):\n    return a\n')).toEqual(surfaceOf('def f(\n    a,\n    b = 1,\n):\n    return b\n'));
    expect(surfaceOf('def f(a): ...\n')).not.toEqual(surfaceOf('def f(a, b): ...\n'));
  });

  test('`__all__` and packages', () => {
    const project = openProject({
      files: new Map([
        ['a/__init__.py', 'from .user import User as U\nfrom . import user\nimport json\n'],
        ['a/user.py', '__all__ = ["_kept"]\n_kept = 1\nUser = 2\n'],
      ]),
    });
    expect(project.surface('a/__init__.py')?.exports.map(({ signature }) => signature)).toEqual([
      'from .user import User as U',
      'import json',
      'from . import user',
    ]);
    expect(project.surface('a/user.py')?.exports.map(({ name }) => name)).toEqual(['_kept']);
  });
});

test('importsOf lists the files an import reaches', () => {
  const project = openProject({
    files: new Map([
      ['app/__init__.py', 'version = 1\n'],
      ['app/db.py', 'Base = 1\n'],
      ['app/models.py', 'x = 1\n'],
      [
        'app/main.py',
        'import os\nfrom typing import TYPE_CHECKING\nfrom app import db, version\nfrom .db import Base, Base as B\nimport app.models\nif TYPE_CHECKING:\n    from app.models import *\nfrom app.missing import y\n',
      ],
    ]),
  });
  expect(project.importsOf('app/main.py')).toEqual([
    { module: 'app', path: 'app/__init__.py', names: ['version'], line: 3, typeCheckingOnly: false },
    { module: 'app.db', path: 'app/db.py', names: [], line: 3, typeCheckingOnly: false },
    { module: 'app.db', path: 'app/db.py', names: ['Base', 'Base'], line: 4, typeCheckingOnly: false },
    { module: 'app.models', path: 'app/models.py', names: [], line: 5, typeCheckingOnly: false },
    { module: 'app.models', path: 'app/models.py', names: ['*'], line: 7, typeCheckingOnly: true },
  ]);
});

describe('check', () => {
  const files = new Map([
    ['b.py', 'print(two)\nprint(one)\n'],
    ['a.py', 'import b\nfrom b import twoo\nx = b.y\n'],
  ]);

  test('one stable order, and a choice of paths', () => {
    const all = openProject({ files }).check();
    expect(all.map(({ path, range }) => `${path}:${range.start.line}:${range.start.column}`)).toEqual([
      'a.py:2:15',
      'a.py:3:7',
      'b.py:1:7',
      'b.py:2:7',
    ]);
    expect(openProject({ files: new Map([...files].reverse()) }).check()).toEqual(all);
    expect(openProject({ files }).check(['b.py'])).toEqual(all.slice(2));
  });

  test('a fix is text at a place', () => {
    const project = openProject({
      files: new Map([
        ['lib.py', 'def hash_password(): ...\n'],
        ['a.py', 'from lib import hash_pasword\n'],
      ]),
    });
    const [diagnostic] = project.check();
    expect(diagnostic).toMatchObject({
      module: 'a',
      fix: { title: 'Import hash_password', applicability: 'unsafe' },
      data: { name: 'hash_pasword', nearest: ['hash_password'] },
    });
    const edit = diagnostic!.fix!.edits[0]!;
    expect('from lib import hash_pasword\n'.slice(edit.range.start.offset, edit.range.end.offset)).toBe('hash_pasword');
  });

  test('a missing import is a fix when there is one candidate', () => {
    const text = '"""Doc."""\nimport os\n\ndef f():\n    import sys\n    return User(), json\n';
    const fixes = openProject({
      files: new Map([
        ['app/models.py', 'class User: ...\n'],
        ['a.py', text],
      ]),
    })
      .check()
      .map(({ fix }) => fix);
    expect(fixes.map((fix) => fix?.title)).toEqual(['Add `from app.models import User`', 'Add `import json`']);
    const { range, text: added } = fixes[0]!.edits[0]!;
    expect(text.slice(0, range.start.offset) + added + text.slice(range.end.offset)).toContain(
      'import os\nfrom app.models import User\n\ndef f',
    );
  });

  test('columns are UTF-16 units, also after a character outside the basic plane', () => {
    const [diagnostic] = openProject({ files: new Map([['a.py', 'x = "😀"; print(y)\n']]) }).check();
    expect(diagnostic!.range.start).toEqual({ line: 1, column: 17, offset: 16 });
  });

  test('large and deep files neither fail nor overflow', () => {
    const wide = Array.from({ length: 6_000 }, (_, index) => `name_${index} = ${index}\n`).join('');
    const deep = `x = ${Array.from({ length: 20_000 }, () => '1').join(' + ')}\n`;
    const nested = `y = ${'('.repeat(2_000)}1${')'.repeat(2_000)}\n`;
    expect(
      openProject({
        files: new Map([
          ['wide.py', wide],
          ['deep.py', deep],
          ['nested.py', nested],
          ['use.py', 'from wide import name_5999\n'],
        ]),
      })
        .check()
        .map(({ path, rule, message }) => ({ path, rule, message })),
    ).toEqual([
      {
        path: 'nested.py',
        rule: 'syntax-error',
        message: 'Python reads 200 brackets in each other, and this is one more: give names to inner parts.',
      },
    ]);
  });

  test('a byte order mark is no syntax error', () => {
    expect(openProject({ files: new Map([['a.py', '\uFEFFx = 1\nprint(x)\n']]) }).check()).toEqual([]);
  });
});
