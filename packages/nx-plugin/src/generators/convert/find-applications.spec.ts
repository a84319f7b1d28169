import { expect, test } from 'vitest';
import { findApplications } from './find-applications';

const application = (module: string, more: object = {}) => ({ module, attribute: 'app', isFactory: false, importRoot: '.', ...more });
const plain = 'from fastapi import FastAPI\n\napp = FastAPI()\n';
const found = (files: Readonly<Record<string, string>>) => findApplications(new Map(Object.entries(files)));

test.each<readonly [string, Readonly<Record<string, string>>, readonly object[]]>([
  ['a file at the top', { 'main.py': plain }, [application('main')]],
  ['a package', { 'app/__init__.py': '', 'app/main.py': plain }, [application('app.main')]],
  ['a folder without __init__.py', { 'app/main.py': plain }, [application('app.main')]],
  ['a package itself', { 'api/__init__.py': plain }, [application('api')]],
  ['src', { 'src/api/__init__.py': '', 'src/api/main.py': plain }, [application('api.main', { importRoot: 'src' })]],
  [
    'a script that imports its neighbours',
    { 'backend/main.py': `import database\n${plain}`, 'backend/database.py': '' },
    [application('main', { importRoot: 'backend' })],
  ],
  [
    'another spelling',
    { 'main.py': 'import fastapi\n\nserver: fastapi.FastAPI = fastapi.FastAPI(title="x")\n' },
    [application('main', { attribute: 'server' })],
  ],
  [
    'a function that makes one',
    {
      'main.py': 'from fastapi import FastAPI\n\ndef create_app(debug: bool = False) -> "FastAPI":\n    app = FastAPI()\n    return app\n',
    },
    [application('main', { attribute: 'create_app', isFactory: true })],
  ],
  [
    'a function that must be given something',
    { 'main.py': 'from fastapi import FastAPI\ndef make(name: str) -> FastAPI:\n    return FastAPI()\n' },
    [],
  ],
  ['tests', { 'tests/test_app.py': plain, 'conftest.py': plain }, []],
  ['words in a string', { 'main.py': '"""\napp = FastAPI()\n"""\nx = "FastAPI()"\n' }, []],
  ['an instance of something else', { 'main.py': 'from fastapi import FastAPI\nclass MyFastAPI(FastAPI): ...\napp = MyFastAPI()\n' }, []],
])('%s', (_, files, expected) => {
  expect(found(files)).toEqual(expected);
});

test('the likeliest comes first', () => {
  const files = {
    'a/admin.py': plain.replace('app =', 'admin ='),
    'a/b/c.py': plain,
    'a/api.py': plain,
    'a/main.py': plain,
    'z.py': 'from fastapi import FastAPI\ndef make() -> FastAPI:\n    return FastAPI()\n',
  };
  expect(found(files).map(({ module, attribute }) => `${module}:${attribute}`)).toEqual([
    'a.main:app',
    'a.api:app',
    'a.b.c:app',
    'a.admin:admin',
    'z:make',
  ]);
});
