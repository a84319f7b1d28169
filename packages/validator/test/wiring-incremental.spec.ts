import { expect, test } from 'vitest';
import { extractSummary } from '../src/extract/extract-summary';
import type { ModuleSummary } from '../src/extract/module-summary';
import { openProject } from '../src/index';
import { DEFAULT_PYTHON_VERSION } from '../src/python/python-version';
import { makeRandom } from './make-random';

const FASTAPI =
  'import os, subprocess\nfrom typing import Annotated\nfrom fastapi import APIRouter, Depends, FastAPI, Path, Query\nfrom pydantic import BaseModel, ConfigDict\nfrom sqlalchemy.orm import DeclarativeBase, Session\n';

/** For each file what it may begin with, and blocks of which each edit takes some. */
const PARTS: Readonly<Record<string, { readonly head: readonly string[]; readonly blocks: readonly string[] }>> = {
  'app/__init__.py': { head: [''], blocks: ['from .users import router', 'from . import models', 'name = 1', 'from .tools import *'] },
  'app/main.py': {
    head: [
      'from app import items, users\nfrom app.deps import *\napp = FastAPI()',
      'import app.users as users\nfrom app.items import router\napp = FastAPI()',
    ],
    blocks: [
      'app.include_router(users.router)',
      'app.include_router(users.router, prefix="/users/")',
      'app.include_router(items.router, prefix="/items")',
      'app.mount("/users", app)',
      '@app.get("/users/me")\nasync def me(db=get_db):\n    import time\n    return time.sleep(1)',
      'hand_on(items)',
      'from starlette.convertors import register_url_convertor',
    ],
  },
  'app/users.py': {
    head: [
      'from app.deps import Current, get_db\nfrom app.models import User, UserRead, UserCreate\nfrom app import tools\nrouter = APIRouter(prefix="/users")',
      'from .models import User, UserRead, UserCreate\nfrom .deps import Current, get_db\nfrom . import tools\nrouter = APIRouter()',
    ],
    blocks: [
      '@router.get("/{user_id}")\ndef read(id: int, user: Current) -> User: ...',
      '@router.get("/{user_id:slug}", status_code=204)\ndef find(user_id: int) -> UserRead: ...',
      '@router.get("/me", status_code=200)\ndef me(q: str):\n    tools.run(q)',
      '@router.post("/")\ndef create(payload: UserCreate, db: Annotated[Session, Depends(get_db())]):\n    return User(**payload.model_dump())',
      'def show(user: User):\n    return UserRead.model_validate(user)',
      '@router.get("/run")\ndef run(cmd: str):\n    os.system(cmd)',
      '@router.get("")\ndef bare(name: Annotated[str, Query("x")]): ...',
    ],
  },
  'app/items.py': {
    head: [
      'from app.deps import *\nfrom app.tools import run\nrouter = APIRouter()',
      'from app.tools import run\nfrom app.users import router',
    ],
    blocks: [
      '@router.get("/{item_id}")\ndef read(id: int): ...',
      '@router.get("/all")\nasync def all_items(db=Depends(get_db)):\n    import requests\n    return requests.get("http://x")',
      '@router.get("/ping")\ndef ping(host: str):\n    return run(host)',
      'router.include_router(router)',
    ],
  },
  'app/deps.py': {
    head: ['', 'from app.users import router'],
    blocks: [
      'def get_db(): yield 1',
      'def get_db(item_id: int): return lambda: 1',
      'def get_user(user_id: int, db=Depends(get_db)): ...\nCurrent = Annotated[int, Depends(get_user)]',
      'def get_team(a: Annotated[int, Depends("get_user")]): ...\nCurrent = Annotated[int, Depends(get_team)]',
      'def loop(x: Annotated[int, Depends(pool)]): ...\ndef pool(y=Depends(loop)): ...\nCurrent = Annotated[int, Depends(loop)]',
    ],
  },
  'app/models.py': {
    head: ['class Base(DeclarativeBase): ...', 'from app.base import Base'],
    blocks: [
      'class User(Base):\n    __tablename__ = "users"\n    id: int\n    email: str',
      'class User(Base):\n    id: int\n    password: str\n    orders: int',
      'class UserCreate(BaseModel):\n    email: str\n    password: str',
      'class UserRead(BaseModel):\n    id: int\n    email: str',
      'class UserRead(BaseModel):\n    model_config = ConfigDict(from_attributes=True)\n    id: int\n    password: str',
      'class UserRead(BaseModel):\n    model_config = ConfigDict(from_attributes=not 1)\n    id: int\n    password: str',
    ],
  },
  'app/base.py': {
    head: [''],
    blocks: ['class Base(DeclarativeBase): ...', 'Base = object', 'other = relationship(backref="password")', 'x.email = 1'],
  },
  'app/tools.py': {
    head: ['', 'from app import deps'],
    blocks: [
      'def run(text):\n    os.system(text)',
      'def run(text):\n    return subprocess.run(["ls", text])',
      'def run(text):\n    return 1',
      'def other(text):\n    return run(text)',
      'x = deps.Current',
    ],
  },
  'app/users/__init__.py': { head: ['router = APIRouter()'], blocks: ['from app.items import router as other'] },
  'app/tools/more.py': { head: ['from app.tools import run'], blocks: ['x = 1'] },
  'tests/test_users.py': { head: ['from app.users import router', 'from app import items, users'], blocks: ['import app.main'] },
  'tests/conftest.py': { head: ['import app.users', 'import app.deps'], blocks: [] },
  'alembic/env.py': { head: [''], blocks: [] },
  'alembic/versions/a.py': { head: ['revision = "a"\ndown_revision = None', 'revision = "a"\ndown_revision = "c"'], blocks: [] },
  'alembic/versions/b.py': { head: ['revision = "b"\ndown_revision = "a"', 'revision = "a"\ndown_revision = "b"'], blocks: [] },
  'alembic/versions/c.py': { head: ['revision = "c"\ndown_revision = "a"', 'revision = "c"\ndown_revision = "b"'], blocks: [] },
};

const EXPECTED = [
  'alembic-heads',
  'blocking-call-in-async-route',
  'called-dependency',
  'command-injection',
  'dependency-cycle',
  'from-attributes-missing',
  'import-cycle',
  'invalid-parameter',
  'invalid-route',
  'missing-depends',
  'model-schema-drift',
  'path-parameter-missing',
  'response-model-not-pydantic',
  'router-not-included',
  'shadowed-route',
];

test('after any edits of a service the verdict is that of a fresh project', () => {
  const random = makeRandom(7);
  const paths = Object.keys(PARTS);
  const found = new Set<string>();
  let quiet = 0;
  const summaries = new Map<string, ModuleSummary>();
  const readSummary = (_: string, text: string): ModuleSummary => {
    const summary = summaries.get(text) ?? extractSummary(text, DEFAULT_PYTHON_VERSION);
    summaries.set(text, summary);
    return summary;
  };
  const makeText = (path: string): string => {
    const { head, blocks } = PARTS[path]!;
    const taken = blocks.filter(() => random(2) > 0);
    return `${'# a line more\n'.repeat(random(3))}${FASTAPI}${head[random(head.length)]!}\n${taken.join('\n')}\n`;
  };
  /** Something small in a text that is there: a line more, a name, a body. */
  const altered = (text: string): string => {
    const ways = [
      (): string => `# more\n${text}`,
      (): string => text.replace('os.system(text)', 'print(text)'),
      (): string => text.replace('status_code=200', 'status_code=204'),
      (): string => text.replace('not 1', 'True '),
      (): string => text.replace('    ...', '    return os.system("x")'),
      (): string => text.replace('time.sleep(1)', 'None'),
      (): string => `${text}\ndef fresh(text):\n    return text\n`,
    ];
    return ways[random(ways.length)]!();
  };
  for (let round = 0; round < 6; round += 1) {
    const texts = new Map<string, string>(paths.filter(() => random(4) > 0).map((path) => [path, makeText(path)]));
    const project = openProject({ files: texts, readSummary });
    for (let edit = 0; edit < 40; edit += 1) {
      const changes = new Map<string, string | null>();
      for (let count = random(3); count >= 0; count -= 1) {
        const path = paths[random(paths.length)]!;
        const known = texts.get(path);
        changes.set(path, random(7) === 0 ? null : known !== undefined && random(2) === 0 ? altered(known) : makeText(path));
      }
      for (const [path, text] of changes) {
        if (text === null) texts.delete(path);
        else texts.set(path, text);
      }
      if (!project.update(changes).isRewired) quiet += 1;
      const diagnostics = project.check();
      expect(diagnostics, `round ${round}, edit ${edit}: ${[...changes.keys()].join()}`).toEqual(
        openProject({ files: texts, readSummary }).check(),
      );
      for (const { rule } of diagnostics) found.add(rule);
    }
  }
  expect([...found].sort()).toEqual(expect.arrayContaining(EXPECTED));
  expect(quiet).toBeGreaterThan(10);
});
