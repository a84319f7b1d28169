import { describe, expect, test } from 'vitest';
import { findMisuses } from './find-misuses';
import { ServiceCode } from './service-code';

const MODELS = `from sqlalchemy.orm import DeclarativeBase, Mapped

class Base(DeclarativeBase):
    pass

class Book(Base):
    title: Mapped[str]
    other: Mapped["Book"]
`;
const SHOP = `from pydantic import BaseModel, ConfigDict

class Shelf:
    def __init__(self, width: int) -> None:
        self.width = width

    async def find(self, title: str, *, exact: bool = False) -> "Shelf":
        return self

class DeepShelf(Shelf):
    depth: int = 3

class Loose(BaseModel):
    model_config = ConfigDict(extra="allow")

class Strict(BaseModel):
    name: str

async def load(shelf: Shelf) -> Strict:
    return Strict(name="a")
`;
const HEAD = `from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from app.models import Book
from app.shop import DeepShelf, Loose, Shelf, Strict, load
`;

function misuses(body: string): readonly string[] {
  const text = `${HEAD}async def run(session: AsyncSession, book: Book, shelf: Shelf, deep: DeepShelf, loose: Loose, strict: Strict | None) -> Strict:\n${body}`;
  const code = new ServiceCode(
    new Map([
      ['app/models.py', MODELS],
      ['app/shop.py', SHOP],
      ['app/run.py', text],
    ]),
  );
  return findMisuses(code.fileAt('app/run.py')!, code).map(({ rule, range }) => `${rule}:${range.start.line - 5}`);
}

describe('certain misuses', () => {
  test.each<[string, readonly string[]]>([
    ['    book.titel = "x"\n', ['unknown-member:1']],
    ['    return book.other.other.titel\n', ['unknown-member:1']],
    ['    return Book.titel\n', ['unknown-member:1']],
    [
      '    rows = (await session.scalars(select(Book).where(Book.title == ""))).all()\n    return [row.name for row in rows]\n',
      ['unknown-member:2'],
    ],
    ['    by = {each.title: each for each in await session.scalars(select(Book))}\n    return by["a"].name\n', ['unknown-member:2']],
    ['    return strict.title\n', ['unknown-member:1']],
    ['    strict.title = "a"\n', ['unknown-member:1']],
    ['    return session.query(Book)\n', ['unknown-member:1']],
    ['    session.flush()\n', ['missing-await:1']],
    ['    found = session.scalars(select(Book))\n    return found.all()\n', ['missing-await:2']],
    ['    for row in session.scalars(select(Book)):\n        row.title\n', ['missing-await:1']],
    ['    return load(shelf)\n', ['missing-await:1']],
    ['    return await load(shelf.find("a"))\n', ['missing-await:1']],
    ['    return Strict.model_validate(load(shelf))\n', ['missing-await:1']],
    ['    await session.add(book)\n', ['needless-await:1']],
    ['    await (await session.scalars(select(Book))).all()\n', ['needless-await:1']],
    ['    await shelf.find()\n', ['wrong-arguments:1']],
    ['    await shelf.find("a", True)\n', ['wrong-arguments:1']],
    ['    await shelf.find("a", fuzzy=True)\n', ['wrong-arguments:1']],
  ])('%s', (body, expected) => {
    expect(misuses(body)).toEqual(expected);
  });
});

describe('what is right, or not certain, is left alone', () => {
  test.each([
    '    book.title = "x"\n    return book.other.metadata\n',
    '    return shelf.depth\n',
    '    shelf.label = "a"\n',
    '    return deep.depth + deep.width\n',
    '    return loose.anything\n',
    '    return strict.model_dump(exclude={"name"})\n',
    '    if isinstance(strict, Loose):\n        return strict.anything\n',
    '    book = await session.get(Book, 1)\n    book = other()\n    return book.name\n',
    '    pending = load(shelf)\n    return await pending\n',
    '    rows = await session.execute(select(Book, Book.title))\n    return [book.name for book, title in rows]\n',
    '    return await shelf.find("a", exact=True)\n',
    '    return await shelf.find(*names, **options)\n',
    '    def inner(book):\n        return book.name\n    return inner\n',
  ])('%s', (body) => {
    expect(misuses(body)).toEqual([]);
  });
});
