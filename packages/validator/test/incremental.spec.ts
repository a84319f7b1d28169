import { describe, expect, test } from 'vitest';
import { openProject } from '../src/index';
import { makeRandom } from './make-random';

const FILES = new Map([
  ['app/__init__.py', ''],
  ['app/database.py', 'def get_db():\n    return 1\n\ndef close():\n    return 2\n'],
  ['app/models.py', 'from app.database import get_db\n\nclass User:\n    pass\n'],
  ['app/main.py', 'from app.models import User\nfrom app.database import close\n'],
  ['app/other.py', 'x = 1\n'],
]);

const rulesOf = (project: ReturnType<typeof openProject>): readonly string[] => project.check().map(({ path, rule }) => `${path} ${rule}`);

describe('update counts its work', () => {
  test('a function body changes: nobody else is checked', () => {
    const project = openProject({ files: FILES });
    const work = project.update(new Map([['app/database.py', 'def get_db():\n    return 100\n\ndef close():\n    return 2\n']]));
    expect(work).toEqual({ parsed: ['app/database.py'], linked: ['app/database.py'], checked: ['app/database.py'], isRewired: false });
  });

  test('the same text again is no work', () => {
    expect(openProject({ files: FILES }).update(new Map([['app/models.py', FILES.get('app/models.py')!]]))).toEqual({
      parsed: [],
      linked: [],
      checked: [],
      isRewired: false,
    });
  });

  test('a name goes: the importer of that name is checked, who imports another is not even linked', () => {
    const project = openProject({ files: FILES });
    const work = project.update(new Map([['app/database.py', 'def get_db():\n    return 1\n']]));
    expect(work).toEqual({
      parsed: ['app/database.py'],
      linked: ['app/database.py', 'app/main.py'],
      checked: ['app/database.py', 'app/main.py'],
      isRewired: true,
    });
    expect(rulesOf(project)).toEqual(['app/main.py unknown-symbol']);
  });

  test('a name is added: nobody else is linked', () => {
    const project = openProject({ files: FILES });
    const work = project.update(new Map([['app/database.py', `${FILES.get('app/database.py')}\nengine = 1\n`]]));
    expect(work).toEqual({ parsed: ['app/database.py'], linked: ['app/database.py'], checked: ['app/database.py'], isRewired: true });
  });

  test('a file with findings is linked again only for what they may be about', () => {
    const files = new Map([
      ...FILES,
      ['app/broken.py', 'from app.database import get_bd\nfrom app.modles import User\nprint(Order)\nimport redis\n'],
      ['app/quiet.py', 'import app.database\napp.database.get_db()\n'],
    ]);
    const project = openProject({ files });
    const linkedAfter = (path: string, text: string): readonly string[] => project.update(new Map([[path, text]])).linked;
    expect(linkedAfter('app/other.py', 'x = 1\ny = 2\n')).toEqual(['app/other.py']);
    expect(linkedAfter('app/far_away.py', 'z = 1\n')).toEqual(['app/far_away.py']);
    expect(linkedAfter('app/other.py', 'class Order:\n    pass\n')).toEqual(['app/broken.py', 'app/other.py']);
    expect(linkedAfter('app/modle.py', '')).toEqual(['app/broken.py', 'app/modle.py']);
    expect(linkedAfter('app/database.py', FILES.get('app/database.py')!.replace('close', 'stop'))).toEqual([
      'app/broken.py',
      'app/database.py',
      'app/main.py',
    ]);
  });

  test('a method is called otherwise, whatever its name', () => {
    const lib = 'class Page:\n    def text(self, a): ...\n\n    def line(self): ...\n';
    const files = new Map([
      ['lib.py', lib],
      ['caller.py', 'from lib import Page\nPage.text(1, 2)\n'],
    ]);
    const project = openProject({ files });
    expect(rulesOf(project)).toEqual([]);
    expect(project.update(new Map([['lib.py', lib.replace('(self, a)', '(self, a, b)')]])).linked).toEqual(['caller.py', 'lib.py']);
    expect(rulesOf(project)).toEqual(['caller.py wrong-arguments']);
  });

  test('a call is matched again only when what it calls is called otherwise', () => {
    const lib = 'def f(a):\n    return a\n\ndef g(b):\n    return b\n';
    const files = new Map([
      ['lib.py', lib],
      ['calls_f.py', 'from lib import f\nf(1)\n'],
      ['calls_g.py', 'from lib import g\ng(1)\n'],
    ]);
    const project = openProject({ files });
    expect(project.update(new Map([['lib.py', lib.replace('g(b)', 'g(b, c)')]]))).toEqual({
      parsed: ['lib.py'],
      linked: ['calls_g.py', 'lib.py'],
      checked: ['calls_g.py', 'lib.py'],
      isRewired: true,
    });
    expect(rulesOf(project)).toEqual(['calls_g.py wrong-arguments']);
  });

  test('adding a file heals the imports that missed it', () => {
    const files = new Map(FILES);
    files.delete('app/database.py');
    const project = openProject({ files });
    expect(rulesOf(project)).toEqual(['app/main.py unresolved-import', 'app/models.py unresolved-import']);
    const work = project.update(new Map([['app/database.py', FILES.get('app/database.py')!]]));
    expect(work).toEqual({
      parsed: ['app/database.py'],
      linked: ['app/database.py', 'app/main.py', 'app/models.py'],
      checked: ['app/database.py', 'app/main.py', 'app/models.py'],
      isRewired: true,
    });
    expect(project.check()).toEqual([]);
  });

  test('deleting a file breaks its importers only', () => {
    const project = openProject({ files: FILES });
    expect(project.update(new Map([['app/models.py', null]]))).toEqual({
      parsed: [],
      linked: ['app/main.py'],
      checked: ['app/main.py'],
      isRewired: true,
    });
    expect(rulesOf(project)).toEqual(['app/main.py unresolved-import']);
    expect(project.surface('app/models.py')).toBeUndefined();
  });

  test('a package beside a module takes its place', () => {
    const project = openProject({ files: FILES });
    const work = project.update(new Map([['app/models/__init__.py', '']]));
    expect(work).toEqual({
      parsed: ['app/models/__init__.py'],
      linked: ['app/main.py', 'app/models.py', 'app/models/__init__.py'],
      checked: ['app/main.py', 'app/models.py', 'app/models/__init__.py'],
      isRewired: true,
    });
    expect(rulesOf(project)).toEqual(['app/main.py unknown-symbol', 'app/models.py shadowed-module']);
  });

  test('a file nobody asks for: nobody else is linked', () => {
    const project = openProject({ files: FILES });
    const added = { parsed: ['app/new.py'], linked: ['app/new.py'], checked: ['app/new.py'], isRewired: true };
    expect(project.update(new Map([['app/new.py', 'from app.models import User\n']]))).toEqual(added);
    expect(project.update(new Map([['app/new.py', null]]))).toEqual({ parsed: [], linked: [], checked: [], isRewired: true });
  });

  test('a module that comes to stand before a namespace package breaks who imports from there', () => {
    const project = openProject({
      files: new Map([
        ['lib/part/tool.py', 'x = 1\n'],
        ['use.py', 'from lib.part import tool\n'],
        ['other.py', 'import use\n'],
      ]),
    });
    expect(project.update(new Map([['lib/part.py', '']]))).toEqual({
      parsed: ['lib/part.py'],
      linked: ['lib/part.py', 'use.py'],
      checked: ['lib/part.py', 'use.py'],
      isRewired: true,
    });
  });

  test('a line more above: routes and load order stay as they were judged', () => {
    const text = 'from fastapi import FastAPI\n\napp = FastAPI()\n\n@app.get("/{item_id}")\ndef read(item_id: int):\n    return 1\n';
    const project = openProject({ files: new Map([['main.py', text]]) });
    const quiet = { parsed: ['main.py'], linked: ['main.py'], checked: ['main.py'], isRewired: false };
    expect(project.update(new Map([['main.py', `# why\n${text}`]]))).toEqual(quiet);
    expect(project.update(new Map([['main.py', text.replace('read(item_id', 'read(other_id')]]))).toEqual({ ...quiet, isRewired: true });
    expect(rulesOf(project)).toEqual(['main.py path-parameter-missing']);
    expect(project.update(new Map([['main.py', `# why\n${text.replace('read(item_id', 'read(other_id')}`]]))).toEqual({
      ...quiet,
      isRewired: true,
    });
    expect(project.check()[0]!.range.start.line).toBe(6);
  });

  test('requirements change: nothing is parsed', () => {
    const project = openProject({
      files: new Map([
        ['app.py', 'import redis\n'],
        ['pyproject.toml', '[project]\ndependencies = []\n'],
      ]),
    });
    expect(rulesOf(project)).toEqual(['app.py undeclared-distribution']);
    expect(project.update(new Map([['pyproject.toml', '[project]\ndependencies = ["redis"]\n']])).parsed).toEqual([]);
    expect(project.check()).toEqual([]);
  });

  test('parameters change: callers that still fit are not checked, those that fail are', () => {
    const project = openProject({
      files: new Map([
        ['lib.py', 'def f(a):\n    return a\n'],
        ['fits.py', 'from lib import f\nf(1)\n'],
        ['named.py', 'from lib import f\nf(a=1)\n'],
      ]),
    });
    expect(project.check()).toEqual([]);
    expect(project.update(new Map([['lib.py', 'def f(b):\n    return b\n']])).checked).toEqual(['lib.py', 'named.py']);
    expect(rulesOf(project)).toEqual(['named.py wrong-arguments']);
    expect(project.update(new Map([['lib.py', '\n\ndef f(b: int):\n    return b\n']])).checked).toEqual(['lib.py', 'named.py']);
    expect(project.check()[0]!.message).toContain('lib.py:3 defines `f(b: int)`');
  });

  test('a change behind a star import reaches through it', () => {
    const project = openProject({
      files: new Map([
        ['base.py', 'x = 1\n'],
        ['middle.py', 'from base import *\n'],
        ['top.py', 'from middle import x\n'],
      ]),
    });
    expect(project.check()).toEqual([]);
    expect(project.update(new Map([['base.py', 'y = 1\n']])).checked).toEqual(['base.py', 'middle.py', 'top.py']);
    expect(rulesOf(project)).toEqual(['top.py unknown-symbol']);
  });
});

const LINES = [
  'from app.e.f import one',
  'from .e import f',
  'from e import f',
  'import app.e.f\nprint(app.e.f.one)',
  'from app.a import one',
  'from app.b import two',
  'from app import c',
  'import app.c',
  'from .a import *',
  'from app.d import three, four',
  'one = 1',
  'two = 2',
  'def three(): return one',
  'class four: pass',
  'print(app.c.one)',
  '__all__ = ["one"]',
  'app.c.one = 3',
  'del one',
  'try:\n    from app.c import nine\nexcept ImportError:\n    pass',
  'def f(:',
  'import redis',
  'print(two)',
  'def g():\n    from app.a import one\n    return five',
  'globals()["x"] = 1',
  'def three(first, second=2): return one',
  'three(1)',
  'three()',
  'class four:\n    def __init__(self, size): pass',
  'from app.a import four as base\nclass five(base): pass',
  'from app.d import five, three as six\nfive()\nsix(1, 2, 3)',
  'import app.d\napp.d.three(third=1)\napp.d.four(1)',
  'app.d.three = print',
  'import importlib\nimportlib.import_module("app.d")',
  'setattr(app.d, "four", print)',
  '# a line more',
];

test('after any edits the verdict is that of a fresh project', () => {
  const random = makeRandom(20_251_123);
  const paths = [
    'app/__init__.py',
    'app/a.py',
    'app/b.py',
    'app/c.py',
    'app/d.py',
    'app/c/__init__.py',
    'app/d.so',
    'app/e.py',
    'app/e/f.py',
    'app/e/__init__.py',
    'app/e/f/__init__.py',
    'src/app/e/f.py',
    'e/f.py',
    'app/test_e.py',
    'main.py',
    'pyproject.toml',
  ];
  const makeText = (path: string): string => {
    if (path === 'pyproject.toml') return `[project]\ndependencies = [${random(2) === 0 ? '"redis"' : ''}]\n`;
    return Array.from({ length: random(5) }, () => `${LINES[random(LINES.length)]}\n`).join('');
  };
  for (let round = 0; round < 15; round += 1) {
    const texts = new Map<string, string>();
    const project = openProject({ files: texts });
    for (let edit = 0; edit < 40; edit += 1) {
      const path = paths[random(paths.length)]!;
      const text = random(5) === 0 ? null : makeText(path);
      if (text === null) texts.delete(path);
      else texts.set(path, text);
      project.update(new Map([[path, text]]));
      expect(project.check(), `round ${round}, edit ${edit}: ${JSON.stringify([...texts])}`).toEqual(openProject({ files: texts }).check());
    }
  }
}, 240_000);
