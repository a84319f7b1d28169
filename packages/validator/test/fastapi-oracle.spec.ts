import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openProject } from '../src/index';
import { makeRandom } from './make-random';
import { prepareFastApi } from './prepare-fastapi';

const SEED = 20_261_124;
const APPLICATIONS = 160;

const random = makeRandom(SEED);
const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)]!;
/** Mostly the first, so that what is odd stands alone. */
const mostly = <Item>(items: readonly Item[]): Item => (random(3) > 0 ? items[0]! : pick(items));

const HEADER = `from __future__ import annotations
from typing import Annotated, Any, Optional, Union
from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, Header, Path, Query, Request, Response, Security, WebSocket, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase): ...
class Row(Base):
    __tablename__ = "rows"
    id: Mapped[int] = mapped_column(primary_key=True)
class Schema(BaseModel):
    name: str
class Plain:
    pass
def get_db(): return 1
def get_stream(): yield 1
async def get_user(): return {}
def first(other: Annotated[int, Depends(second)]): ...
def second(other: Annotated[int, Depends(first)]): ...
def alone(other: Annotated[int, Depends(alone)]): ...
def chain(other: Annotated[int, Depends(get_user)]): ...
class Left:
    def __init__(self, right: Right = Depends()): ...
class Right:
    def __init__(self, left: Left = Depends()): ...
Page = Annotated[int, Query(1)]
Size = Annotated[int, Query()]
app = FastAPI()
`;

const OUTER = ['', '', '', '', ', prefix="/api"', ', prefix="api"', ', prefix="/api/"', ', prefix="/"'];
const INNER = ['', '', '', 'prefix="/teams"', 'prefix="/teams/{id}"', 'prefix="teams"', 'prefix="/teams/"'];
const PATHS = ['/{id}', '', '/', '/x', '/{id}/{id}', '/{id}/{other}', '/{id:int}', '/{id:integer}', '/{id:path}', '/x/{item-id}'];
const PARAMETERS = [
  ...[
    'int',
    'str',
    'Optional[int]',
    'list[int]',
    'dict',
    'Schema',
    'Row',
    'Plain',
    'Session',
    'AsyncSession | None',
    'Plain | None',
    'Any',
  ],
  ...[
    'Request',
    'Page',
    'Size',
    'Annotated[int, Path()]',
    'Annotated[int, Path(...)]',
    'Annotated[int, Path(1)]',
    'Annotated[int, Path(default=None)]',
  ],
  ...[
    'Annotated[int, Query()]',
    'Annotated[int, Query(1)]',
    'Annotated[int, Query(...)]',
    'Annotated[str, Header("x")]',
    'Annotated[int, Body()]',
  ],
  ...['Annotated[int, Depends(first)]', 'Annotated[int, Depends(alone)]', 'Annotated[int, Depends(chain)]', 'Annotated[Left, Depends()]'],
  ...['Annotated[Session, Depends(get_db)]', 'Annotated[int, Depends(get_stream())]', 'Annotated[int, Depends(get_user())]'],
];
const DEFAULTS = [
  '',
  '',
  '',
  '',
  '',
  ' = 1',
  ' = Query()',
  ' = Query(1)',
  ' = Path()',
  ' = Path(1)',
  ' = Path(...)',
  ' = Header()',
  ' = Depends(get_db)',
];
const STATUS = ['', '', '', ', status_code=204', ', status_code=status.HTTP_204_NO_CONTENT', ', status_code=304', ', status_code=201'];
const MODELS = [
  '',
  '',
  '',
  ', response_model=Schema',
  ', response_model=None',
  ', response_model=Row',
  ', response_model=list[Schema]',
  ', response_model=Response',
];
const RETURNS = [
  ...[
    '',
    '',
    '',
    ' -> None',
    ' -> dict',
    ' -> Schema',
    ' -> Schema | None',
    ' -> Response',
    ' -> JSONResponse',
    ' -> Row',
    ' -> list[Row]',
  ],
  ...[' -> Response | dict', ' -> Optional[Response]', ' -> Plain', ' -> list[Plain]', ' -> int', ' -> Session'],
];

function makeApplication(): string {
  const method = pick(['get', 'post', 'delete']);
  const name = pick(['id', 'id', 'other']);
  const parameters = random(5) === 0 ? '' : `${name}: ${mostly(PARAMETERS)}${mostly(DEFAULTS)}`;
  return [
    `router = APIRouter(${mostly(INNER)})`,
    `@router.${method}("${mostly(PATHS)}"${mostly(STATUS)}${mostly(MODELS)})`,
    `def read(${parameters})${mostly(RETURNS)}: ...`,
    `app.include_router(router${mostly(OUTER)})`,
  ].join('\n');
}

const PROGRAM = `import json, sys
answers = []
for text in json.load(sys.stdin):
    try:
        namespace = {"__name__": "main"}
        sys.modules["main"] = type(sys)("main")
        sys.modules["main"].__dict__.update(namespace)
        exec(compile(text, "main.py", "exec"), sys.modules["main"].__dict__)
        answers.append("")
    except BaseException as error:
        answers.append(type(error).__name__ + ": " + str(error)[:200])
print(json.dumps(answers))`;

const fastApi = prepareFastApi();
if ('reason' in fastApi) console.log(`FastAPI oracle skipped: ${fastApi.reason}`);

function runAll(texts: readonly string[]): readonly string[] {
  const run = spawnSync('python' in fastApi ? fastApi.python : '', ['-W', 'ignore', '-c', PROGRAM], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout);
}

test.skipIf('reason' in fastApi)(
  'random applications load exactly when no rule about FastAPI is certain they do not',
  { timeout: 120_000 },
  () => {
    const texts = [...new Set(Array.from({ length: APPLICATIONS }, () => makeApplication()))];
    const answers = runAll(texts.map((text) => HEADER + text));
    const disagreements = texts.flatMap((text, index) => {
      const found = openProject({ files: new Map([['main.py', HEADER + text]]) })
        .check()
        .filter(({ certainty, message }) => certainty === 'certain' && /load|RecursionError/.test(message));
      const ours = found.map(({ rule, message }) => `${rule}: ${message}`).join('; ');
      return (answers[index] === '') === (ours === '')
        ? []
        : [`${text}\nFastAPI: ${answers[index] || 'loads'}\nours: ${ours || 'nothing'}`];
    });
    console.log(
      `FastAPI oracle: seed ${SEED}, ${texts.length} applications, ${answers.filter((answer) => answer !== '').length} do not load`,
    );
    expect(disagreements).toEqual([]);
  },
);

const COLUMNS = [
  'id: Mapped[int] = mapped_column(primary_key=True)',
  'name: Mapped[str]',
  'note: Mapped[str | None]',
  'size: Mapped[int] = mapped_column(default=1)',
];
const FIELDS = [
  'id: int',
  'name: str',
  'note: str | None = None',
  'size: int = Field(default=1)',
  'size: int = Field(exclude=True)',
  'other: int = 1',
  'other: int',
];
const VALUES = { id: '1', name: '"x"', note: '"x"', size: '2', other: '3' };

function makeUse(): string {
  const columns = COLUMNS.filter((_, index) => index === 0 || random(3) > 0);
  const fields = new Map(FIELDS.filter(() => random(2) > 0).map((field) => [field.split(':')[0]!, field]));
  const config = pick(['', '    model_config = ConfigDict(from_attributes=True)\n']);
  const values = (names: readonly string[]): string => names.map((name) => `${name}=${VALUES[name as keyof typeof VALUES]}`).join(', ');
  const all = values([...fields.keys()]);
  const required = values([...fields].filter(([, field]) => !/= 1|default=1|None/.test(field)).map(([name]) => name));
  const row = values(columns.map((column) => column.split(':')[0]!));
  return [
    `class Thing(Base):\n    __tablename__ = "things"\n${columns.map((column) => `    ${column}\n`).join('')}`,
    `class ThingRead(BaseModel):\n${config}    common: ClassVar[int] = 1\n${[...fields.values()].map((field) => `    ${field}\n`).join('')}`,
    pick([
      `def use(payload: ThingRead): return Thing(**payload.model_dump(${pick(['', 'exclude={"other"}', 'mode="json"'])}))\nuse(ThingRead(${all}))`,
      `def use(payload: ThingRead): return Thing(**payload.model_dump(exclude_unset=True))\nuse(ThingRead(${required}))`,
      `def use(thing: Thing): return ThingRead.model_validate(thing${pick(['', ', from_attributes=True'])})\nuse(Thing(${row}))`,
      `def use(): return Thing(${values(pick([['id'], ['id', 'name'], ['id', 'other']]))})\nuse()`,
    ]),
  ].join('\n');
}

test.skipIf('reason' in fastApi)('what is made of schemas and rows fails as the rules about both say', { timeout: 120_000 }, () => {
  const header =
    'from typing import ClassVar\nfrom pydantic import BaseModel, ConfigDict, Field\nfrom sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\nclass Base(DeclarativeBase): ...\n';
  const texts = [...new Set(Array.from({ length: APPLICATIONS }, () => makeUse()))];
  const answers = runAll(texts.map((text) => header + text));
  const disagreements = texts.flatMap((text, index) => {
    const found = openProject({ files: new Map([['main.py', header + text]]) }).check();
    const ours = found
      .filter(({ certainty }) => certainty === 'certain')
      .map(({ message }) => message)
      .join('; ');
    return (answers[index] === '') === (ours === '') ? [] : [`${text}\nPython: ${answers[index] || 'works'}\nours: ${ours || 'nothing'}`];
  });
  console.log(`Rows and schemas: seed ${SEED}, ${texts.length} uses, ${answers.filter((answer) => answer !== '').length} fail`);
  expect(disagreements).toEqual([]);
});
