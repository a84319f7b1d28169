import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openProject } from '../src/index';
import { makeRandom } from './make-random';
import { prepareFastApi } from './prepare-fastapi';

const SEED = 20_261_124;
const APPLICATIONS = 300;

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

test.skipIf('reason' in fastApi)(
  'random applications load exactly when no rule about FastAPI is certain they do not',
  { timeout: 120_000 },
  () => {
    const texts = [...new Set(Array.from({ length: APPLICATIONS }, () => makeApplication()))];
    const run = spawnSync('python' in fastApi ? fastApi.python : '', ['-W', 'ignore', '-c', PROGRAM], {
      input: JSON.stringify(texts.map((text) => HEADER + text)),
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    const answers: readonly string[] = JSON.parse(run.stdout);
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
