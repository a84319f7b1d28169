import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatSurface, openProject, parseSurface } from '../src/index';
import { readSuite } from './read-suite';

type Files = Readonly<Record<string, string>>;

const PROJECT: Files = {
  'pyproject.toml': '[project]\nname = "Org_Core"\ndependencies = ["pydantic", "anyio"]\n[dependency-groups]\ndev = ["pytest"]\n',
  'src/org_core/__init__.py': '"""Core."""\nfrom .auth import User as Account, login\nfrom . import mail\n',
  'src/org_core/auth.py': [
    '"""Auth."""',
    'import os',
    'from dataclasses import dataclass',
    '',
    'TIMEOUT = 30',
    '_secret = os.environ',
    '',
    '',
    'def login(user: str, /, *, session: int = 1) -> bool:',
    '    """Log in."""',
    '    # A comment.',
    '    return True',
    '',
    '',
    '@dataclass',
    'class User:',
    '    """A user."""',
    '    name: str',
    '    age: int = 0',
    '',
    '    def older(self, years): return years',
    '    def birthday(self): ...',
    '    def _hidden(self): ...',
    '',
  ].join('\n'),
  'src/org_core/mail.py': 'def __getattr__(name): ...\n',
  'src/org_core/fast.cpython-312-x86_64-linux-gnu.so': '',
  'tests/test_auth.py': 'def test_login(): ...\n',
  'src/org_core/tests/helpers.py': 'HELP = 1\n',
  'conftest.py': 'FIXTURE = 1\n',
};

const format = (files: Files) => formatSurface(openProject({ files: new Map(Object.entries(files)) }).surfaceOf());
const edited = (path: string, from: string, to: string): Files => {
  expect(PROJECT[path]).toContain(from);
  return { ...PROJECT, [path]: PROJECT[path]!.replace(from, to) };
};

test('modules, names, kinds, signatures and calls; no tests, no places in files', () => {
  expect(JSON.parse(format(PROJECT))).toEqual({
    version: 1,
    distribution: 'org-core',
    requires: ['anyio', 'pydantic'],
    modules: [
      {
        module: 'org_core',
        path: 'src/org_core/__init__.py',
        exports: {
          Account: {
            kind: 'class',
            signature: [
              '@dataclass',
              'class User:',
              '    name: str',
              '    age: int = 0',
              '    def birthday(self): ...',
              '    def older(self, years): ...',
            ],
            call: '(name, age=...)',
          },
          login: { kind: 'function', signature: 'def login(user: str, /, *, session: int = 1) -> bool', call: '(user, /, *, session=...)' },
          mail: { kind: 'module', signature: 'import org_core.mail' },
        },
        submodules: 'auth mail',
      },
      {
        module: 'org_core.auth',
        path: 'src/org_core/auth.py',
        exports: {
          TIMEOUT: { kind: 'variable', signature: 'TIMEOUT = ...' },
          User: {
            kind: 'class',
            signature: [
              '@dataclass',
              'class User:',
              '    name: str',
              '    age: int = 0',
              '    def birthday(self): ...',
              '    def older(self, years): ...',
            ],
            call: '(name, age=...)',
          },
          login: { kind: 'function', signature: 'def login(user: str, /, *, session: int = 1) -> bool', call: '(user, /, *, session=...)' },
        },
        others: '_secret dataclass os',
      },
      { module: 'org_core.fast', path: 'src/org_core/fast.py', open: true, fileless: 'any', exports: {} },
      { module: 'org_core.mail', path: 'src/org_core/mail.py', open: true, exports: {}, others: '__getattr__' },
    ],
  });
});

const AUTH = 'src/org_core/auth.py';
const definitions = PROJECT[AUTH]!.split('\n\n\n');

describe('the bytes stay the same with', () => {
  test.each<[string, Files]>([
    ['another body', edited(AUTH, 'return True', 'value = 1\n    return bool(value)')],
    ['another comment', edited(AUTH, '# A comment.', '# Another one.')],
    ['another docstring', edited(AUTH, '"""Log in."""', '"""Log in,\n\n    at last.\n    """')],
    ['other lines', edited(AUTH, '"""Auth."""', '"""Auth."""\n\n\n# Here.\n\n')],
    ['another order of definitions', { ...PROJECT, [AUTH]: [definitions[0], definitions[2], definitions[1]].join('\n\n\n') }],
    [
      'another order of methods',
      edited(
        AUTH,
        '    def older(self, years): return years\n    def birthday(self): ...\n',
        '    def birthday(self): ...\n    def older(self, years): ...\n',
      ),
    ],
    ['another private method', edited(AUTH, '    def _hidden(self): ...\n', '')],
    ['another value of a variable', edited(AUTH, 'TIMEOUT = 30', 'TIMEOUT = 60')],
    ['a local variable and a store on an object', edited(AUTH, 'return True', 'user.seen = True\n    return True')],
    [
      'a call elsewhere written over several lines',
      edited(AUTH, 'def login(user: str, /, *, session: int = 1)', 'def login(\n    user: str,\n    /,\n    *,\n    session: int = 1,\n)'),
    ],
    ['more tests', { ...PROJECT, 'tests/test_more.py': 'X = 1\n', 'tests/__init__.py': '', 'src/org_core/tests/__init__.py': '' }],
    ['a group for work on the project', edited('pyproject.toml', '"pytest"', '"pytest", "mypy"')],
  ])('%s', (_, files) => {
    expect(format(files)).toBe(format(PROJECT));
  });

  test('files in another order', () => {
    expect(format(Object.fromEntries(Object.entries(PROJECT).reverse()))).toBe(format(PROJECT));
  });

  test('a project that came to these texts by updates', () => {
    const project = openProject({
      files: new Map([
        ['src/org_core/auth.py', 'def other(): ...\n'],
        ['src/org_core/gone.py', ''],
      ]),
    });
    project.update(new Map<string, string | null>([...Object.entries(PROJECT), ['src/org_core/gone.py', null]]));
    expect(formatSurface(project.surfaceOf())).toBe(format(PROJECT));
  });

  test('a project of which only outlines were asked', () => {
    const project = openProject({ files: new Map(Object.entries(PROJECT)), rules: ['unknown-symbol'] });
    expect(formatSurface(project.surfaceOf())).toBe(format(PROJECT));
  });
});

describe('the bytes differ with', () => {
  test.each<[string, Files]>([
    ['a name that is gone', edited(AUTH, 'TIMEOUT = 30\n', '')],
    ['a name that came', edited(AUTH, 'TIMEOUT = 30\n', 'TIMEOUT = 30\nLIMIT = 2\n')],
    ['a private name that is gone', edited(AUTH, '_secret = os.environ\n', '')],
    ['another parameter', edited(AUTH, 'user: str, /', 'name: str, /')],
    ['another annotation', edited(AUTH, 'user: str, /', 'user: int, /')],
    ['another default', edited(AUTH, 'session: int = 1', 'session: int = 2')],
    ['a decorator', edited(AUTH, 'def login', '@other\ndef login')],
    ['a field', edited(AUTH, 'age: int = 0', 'age: int')],
    ['a public method', edited(AUTH, '    def birthday(self): ...\n', '')],
    ['a name handed on', edited('src/org_core/__init__.py', ', login', '')],
    ['a module that is gone', Object.fromEntries(Object.entries(PROJECT).filter(([path]) => !path.endsWith('mail.py')))],
    ['a requirement', edited('pyproject.toml', '"anyio"', '"httpx"')],
    [
      'a name that a function writes on a module',
      edited('src/org_core/mail.py', 'def __getattr__(name): ...', 'from . import auth\ndef begin():\n    auth.pool = 1'),
    ],
  ])('%s', (_, files) => {
    expect(format(files)).not.toBe(format(PROJECT));
  });
});

test('files of others that are read along are left out', () => {
  const project = openProject({
    files: new Map([
      ['a.py', 'A = 1\n'],
      ['b.py', 'B = 1\n'],
    ]),
  });
  expect(project.surfaceOf({ owns: (path) => path === 'a.py' }).modules.map(({ path }) => path)).toEqual(['a.py']);
});

describe('parseSurface', () => {
  const text = format(PROJECT);

  test('reads what was written', () => {
    const SUITES = join(__dirname, '..', 'suites');
    const suites = readdirSync(SUITES, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.md') && name !== 'README.md',
    );
    const projects = suites.flatMap((path) => readSuite(readFileSync(join(SUITES, path), 'utf8')).map(({ files }) => files));
    for (const files of projects) {
      const surface = openProject({ files }).surfaceOf();
      expect(parseSurface(formatSurface(surface))).toEqual(surface);
    }
  });

  test.each<[string, string]>([
    ['no text', ''],
    ['half of it', text.slice(0, text.length / 2)],
    ['another version', text.replace('"version": 1', '"version": 2')],
    ['another document', '[]'],
    ['null', 'null'],
    ['a module without exports', text.replace('"exports"', '"exported"')],
    ['an unknown kind', text.replace('"kind": "function"', '"kind": "method"')],
    ['a number for a text', text.replace('"path": "src/org_core/auth.py"', '"path": 1')],
    ['a call that is none', text.replace('"call": "(user, /, *, session=...)"', '"call": "user"')],
  ])('%s is none', (_, damaged) => {
    expect(damaged).not.toBe(text);
    expect(parseSurface(damaged)).toBeUndefined();
  });
});
