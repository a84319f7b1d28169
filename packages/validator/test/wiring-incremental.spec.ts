import { expect, test } from 'vitest';
import { extractSummary } from '../src/extract/extract-summary';
import type { ModuleSummary } from '../src/extract/module-summary';
import { openProject } from '../src/index';
import { DEFAULT_PYTHON_VERSION } from '../src/python/python-version';
import { makeRandom } from './make-random';

const FASTAPI =
  'import os, subprocess\nfrom typing import Annotated\nfrom fastapi import APIRouter, Depends, FastAPI, Path, Query, Request\nfrom pydantic import BaseModel, ConfigDict\nfrom sqlalchemy.orm import DeclarativeBase, Session\n';

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
      'from app.deps import Current, get_db\nfrom app.models import User, UserRead, UserOut, UserCreate\nfrom app import tools\nrouter = APIRouter(prefix="/users")',
      'from .models import User, UserRead, UserOut, UserCreate\nfrom .deps import Current, get_db\nfrom . import tools\nrouter = APIRouter()',
    ],
    blocks: [
      '@router.get("/{user_id}")\ndef read(id: int, user: Current) -> User: ...',
      '@router.get("/{user_id:slug}", status_code=204)\ndef find(user_id: int) -> UserRead: ...',
      '@router.get("/me", status_code=200)\ndef me(q: str):\n    tools.run(q)',
      '@router.post("/")\ndef create(payload: UserCreate, db: Annotated[Session, Depends(get_db())]):\n    return User(**payload.model_dump())',
      'def out(user: User):\n    return UserOut.model_validate(user)',
      'def show(user: User):\n    return UserRead.model_validate(user)',
      '@router.get("/ping", operation_id="ping")\ndef ping(): ...',
      '@router.get("/pong", operation_id="ping", include_in_schema=0)\n@router.get("/<id>")\ndef pong(id: int): ...',
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
      '@router.get("/{item-id}/:host", operation_id="ping")\ndef dashed(host: str): ...',
      '@router.websocket("/ws", tags=[])\n@router.websocket("/chat")\ndef chat(request: Request): ...',
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
      'class UserOut(BaseModel):\n    model_config = ConfigDict(from_attributes=True)\n    id: int\n    password: str',
      'class UserOut(BaseModel):\n    model_config = ConfigDict(from_attributes=not 1)\n    id: int\n    password: str',
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
  'duplicate-operation-id',
  'from-attributes-missing',
  'import-cycle',
  'invalid-parameter',
  'invalid-placeholder',
  'invalid-route',
  'invalid-websocket',
  'missing-depends',
  'response-model-not-pydantic',
  'router-not-included',
  'shadowed-route',
];

type Random = ReturnType<typeof makeRandom>;
type Changes = ReadonlyMap<string, string | null>;

const PATHS = Object.keys(PARTS);

function makeText(path: string, random: Random): string {
  const { head, blocks } = PARTS[path]!;
  const taken = blocks.filter(() => random(2) > 0);
  return `${'# a line more\n'.repeat(random(3))}${FASTAPI}${head[random(head.length)]!}\n${taken.join('\n')}\n`;
}

/** One of these in one file: a body, an argument, a remark. */
const SWAPS = [
  ['os.system(text)', 'print(text)'],
  ['return 1', 'return os.system(text)'],
  ['include_in_schema=0', 'include_in_schema=1'],
  ['{item-id}', '{item_id}'],
  ['status_code=200', 'status_code=204'],
  ['from_attributes=not 1', 'from_attributes=True '],
  ['    ...', '    return os.system("x")'],
  ['time.sleep(1)', 'None'],
  ['requests.get("http://x")', 'None'],
  ['backref="password"', 'backref="email"'],
  ['x.email = 1', 'x.other = 1'],
  ['import register_url_convertor', 'import CONVERTOR'],
] as const;

function smallChange(texts: ReadonlyMap<string, string>, random: Random): Changes {
  const swaps = SWAPS.flatMap(([left, right]) => [[left, right] as const, [right, left] as const]);
  const possible = [...texts].flatMap(([path, text]) =>
    swaps.filter(([from]) => text.includes(from)).map(([from, to]): [string, string] => [path, text.replace(from, to)]),
  );
  const lines = [...texts].map(([path, text]): [string, string] => [path, `# more\n${text}`]);
  const all = random(4) === 0 ? lines : possible;
  return new Map(all.length === 0 ? [] : [all[random(all.length)]!]);
}

function largeChange(texts: ReadonlyMap<string, string>, random: Random): Changes {
  const paths = Array.from({ length: 1 + random(2) }, () => PATHS[random(PATHS.length)]!);
  return new Map(paths.map((path) => [path, texts.has(path) && random(3) === 0 ? null : makeText(path, random)]));
}

test('after any edits of a service the verdict is that of a fresh project', () => {
  const random = makeRandom(3);
  const found = new Set<string>();
  let quiet = 0;
  const summaries = new Map<string, ModuleSummary>();
  const readSummary = (_: string, text: string): ModuleSummary => {
    const summary = summaries.get(text) ?? extractSummary(text, DEFAULT_PYTHON_VERSION);
    summaries.set(text, summary);
    return summary;
  };
  for (let round = 0; round < 8; round += 1) {
    const texts = new Map<string, string>(PATHS.filter(() => random(4) > 0).map((path) => [path, makeText(path, random)]));
    const project = openProject({ files: texts, readSummary });
    for (let edit = 0; edit < 40; edit += 1) {
      const changes = random(3) > 0 ? smallChange(texts, random) : largeChange(texts, random);
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
}, 240_000);

const SERVICE = {
  'app/__init__.py': '',
  'app/tools.py': 'import os\n\ndef run(text):\n    return os.system("ls")\n',
  'app/main.py': 'from fastapi import FastAPI\nfrom app.tools import run\nimport time\n\napp = FastAPI()\n',
};

/** What each change shows in another place, though nothing of the wiring itself is another. */
const CASES: readonly {
  readonly name: string;
  readonly main: string;
  readonly others?: Readonly<Record<string, string>>;
  readonly path: string;
  readonly change: readonly [string, string];
  readonly found: readonly string[];
}[] = [
  {
    name: 'a body of another file comes to do harm',
    main: '@app.get("/")\ndef read(q: str):\n    return run(q)\n',
    path: 'app/tools.py',
    change: ['"ls"', 'text'],
    found: ['app/tools.py command-injection'],
  },
  {
    name: 'the body of a route comes to block',
    main: '@app.get("/")\nasync def read():\n    return time.time()\n',
    path: 'app/main.py',
    change: ['time.time()', 'time.sleep(1)'],
    found: ['app/main.py blocking-call-in-async-route'],
  },
  {
    name: 'a number of the same length',
    main: '@app.get("/", status_code=200)\ndef read() -> int: ...\n',
    path: 'app/main.py',
    change: ['200', '204'],
    found: ['app/main.py invalid-route'],
  },
  {
    name: 'a file nobody asks for stops to teach a converter',
    main: '@app.get("/{name:slug}")\ndef read(name: str): ...\n',
    others: { 'app/extra.py': 'def teach():\n    from starlette.convertors import CONVERTOR_TYPES\n' },
    path: 'app/extra.py',
    change: ['CONVERTOR_TYPES', 'Convertor'],
    found: ['app/main.py invalid-route'],
  },
  {
    name: 'a file nobody asks for stops to put an attribute on classes',
    main: 'from app.models import User\n\ndef make():\n    return User(nick="x")\n',
    others: {
      'app/models.py': 'from sqlalchemy.orm import DeclarativeBase\n\nclass Base(DeclarativeBase): ...\n\nclass User(Base):\n    id: int\n',
      'app/extra.py': 'def put(user):\n    user.nick = 1\n',
    },
    path: 'app/extra.py',
    change: ['user.nick', 'user.name'],
    found: ['app/main.py model-schema-drift'],
  },
];

test.each(CASES)('$name', ({ main, others, path, change: [from, to], found }) => {
  const texts = new Map(Object.entries({ ...SERVICE, ...others, 'app/main.py': SERVICE['app/main.py'] + main }));
  const project = openProject({ files: texts });
  expect(project.check().map((each) => `${each.path} ${each.rule}`)).toEqual([]);
  project.update(new Map([[path, texts.get(path)!.replace(from, to)]]));
  expect(project.check().map((each) => `${each.path} ${each.rule}`)).toEqual(found);
  project.update(new Map([[path, texts.get(path)!]]));
  expect(project.check()).toEqual([]);
});
