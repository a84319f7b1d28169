import { expect, test } from 'vitest';
import { openProject } from '../src/index';
import { makeRandom } from './make-random';

const MAIN = 'from fastapi import FastAPI\nfrom app.users import router\n\napp = FastAPI()\napp.include_router(router)\n';
const USERS =
  'from fastapi import APIRouter\nfrom app.deps import User\n\nrouter = APIRouter()\n\n@router.get("/{user_id}")\ndef read(id: int, user: User): ...\n';
const DEPS =
  'from typing import Annotated\nfrom fastapi import Depends\n\ndef get_user(user_id: int): ...\n\nUser = Annotated[int, Depends(get_user)]\n';

const FILES = new Map([
  ['app/__init__.py', ''],
  ['app/main.py', MAIN],
  ['app/users.py', USERS],
  ['app/deps.py', DEPS],
]);

const rulesOf = (project: ReturnType<typeof openProject>): readonly string[] => project.check().map(({ path, rule }) => `${path} ${rule}`);

test('a dependency in another file stops reading the placeholder: the route is found, though its file is not checked again', () => {
  const project = openProject({ files: FILES });
  expect(rulesOf(project)).toEqual([]);
  const work = project.update(new Map([['app/deps.py', DEPS.replace('user_id', 'other_id')]]));
  expect(work).toEqual({ parsed: ['app/deps.py'], linked: ['app/deps.py'], checked: ['app/deps.py'], isRewired: true });
  expect(rulesOf(project)).toEqual(['app/users.py path-parameter-missing']);
  project.update(new Map([['app/deps.py', DEPS]]));
  expect(rulesOf(project)).toEqual([]);
});

test('the include goes and comes back', () => {
  const project = openProject({ files: FILES });
  project.update(new Map([['app/main.py', MAIN.replace('app.include_router(router)\n', '')]]));
  expect(rulesOf(project)).toEqual(['app/users.py router-not-included']);
  project.update(new Map([['app/main.py', null]]));
  expect(rulesOf(project)).toEqual([]);
  project.update(new Map([['app/main.py', MAIN]]));
  expect(rulesOf(project)).toEqual([]);
});

const LINES: Readonly<Record<string, readonly string[]>> = {
  'app/main.py': [
    'app = FastAPI()',
    'app.include_router(users.router)',
    'app.include_router(items.router, prefix="/users")',
    'app.mount("/", app)',
    '@app.get("/users/me")\nasync def me(db=get_db): time.sleep(1)',
    'routers = [items]',
  ],
  'app/users.py': [
    'router = APIRouter(prefix="/users")',
    '@router.get("/{id}")\ndef read(id: int): ...',
    '@router.get("/me")\ndef me(user: User) -> Row: ...',
    'router.include_router(items.router)',
  ],
  'app/items.py': [
    'router = APIRouter()',
    '@router.get("/{item_id}")\ndef read(id: int, db=Depends(get_db())): ...',
    '@router.get("/me")\ndef me(name: str = Path()): ...',
  ],
  'app/deps.py': [
    'def get_db(): yield 1',
    'def get_db(item_id: int): return lambda: 1',
    'User = Annotated[int, Depends(get_db)]',
    'class Row(DeclarativeBase): ...',
  ],
};
const HEADER =
  'import time\nfrom typing import Annotated\nfrom fastapi import APIRouter, Depends, FastAPI, Path\nfrom sqlalchemy.orm import DeclarativeBase\n';
const IMPORTS: Readonly<Record<string, string>> = {
  'app/main.py': 'from app import items, users\nfrom app.deps import *\n',
  'app/users.py': 'from app import items\nfrom app.deps import Row, User\n',
  'app/items.py': 'from app.deps import get_db\n',
  'app/deps.py': '',
};

test('after any edits of the wiring the verdict is that of a fresh project', () => {
  const random = makeRandom(42);
  const paths = Object.keys(LINES);
  const found = new Set<string>();
  for (let round = 0; round < 8; round += 1) {
    const texts = new Map<string, string>([['app/__init__.py', '']]);
    const project = openProject({ files: texts });
    for (let edit = 0; edit < 30; edit += 1) {
      const path = paths[random(paths.length)]!;
      const lines = LINES[path]!.filter((_, index) => index === 0 || random(3) > 0);
      const text = random(8) === 0 ? null : `${'# a line more\n'.repeat(random(3))}${HEADER}${IMPORTS[path]!}${lines.join('\n')}\n`;
      if (text === null) texts.delete(path);
      else texts.set(path, text);
      project.update(new Map([[path, text]]));
      const diagnostics = project.check();
      expect(diagnostics, `round ${round}, edit ${edit}`).toEqual(openProject({ files: texts }).check());
      for (const { rule } of diagnostics) found.add(rule);
    }
  }
  expect([...found]).toEqual(expect.arrayContaining(['router-not-included', 'shadowed-route', 'called-dependency', 'missing-depends']));
});

const HELPER = 'def run(text):\n    return len(text)\n';
const ROUTE =
  'from fastapi import FastAPI\nfrom app.helper import run\n\napp = FastAPI()\n\n@app.get("/")\ndef read(q: str):\n    return run(q)\n';

test('a helper that request data reaches does harm from now on, then no more', () => {
  const other = 'def look(text):\n    return len(text)\n';
  const files = new Map([
    ['app/__init__.py', ''],
    ['app/main.py', ROUTE],
    ['app/helper.py', HELPER],
    ['app/other.py', other],
  ]);
  const project = openProject({ files });
  expect(rulesOf(project)).toEqual([]);
  expect(project.update(new Map([['app/other.py', other.replace('len', 'eval')]])).isRewired).toBe(false);
  expect(project.update(new Map([['app/helper.py', `\n${HELPER}`]])).isRewired).toBe(false);
  expect(project.update(new Map([['app/helper.py', HELPER.replace('len', 'eval')]])).isRewired).toBe(true);
  expect(rulesOf(project)).toEqual(['app/helper.py code-injection']);
  project.update(new Map([['app/helper.py', HELPER]]));
  expect(rulesOf(project)).toEqual([]);
});
