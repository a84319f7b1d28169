import { expect, test } from 'vitest';
import { chances } from '../testing/chances';
import { mergeTexts } from './merge-texts';
import type { MergeSources } from './merger';
import { openGitMerger } from './open-git-merger';
import { splitLines } from './split-lines';

const mergeWithGit = openGitMerger();
if (mergeWithGit === undefined) console.log('Skipped: git is not installed, so that there is nothing to hold the merge against.');

const base = `from app.models.book import Book
from app.schemas.book import BookCreate, BookRead

router = APIRouter(prefix="/books", tags=["books"])


@router.get("")
async def list_books(session: SessionDep) -> Page[BookRead]:
    books = await BookRepository(session).page()
    return Page(items=books)


@router.post("", status_code=201)
async def create_book(data: BookCreate, session: SessionDep) -> BookRead:
    book = await BookRepository(session).create(data)
    return BookRead.model_validate(book)


@router.delete("/{book_id}", status_code=204)
async def delete_book(book_id: UUID, session: SessionDep) -> None:
    await BookRepository(session).delete(book_id)
`;

/** One to four changes as people and generators make them: lines put in, taken out, changed, copied, blank ones among them. */
function edited(text: string, name: string, random: (below: number) => number): string {
  const lines = splitLines(text);
  for (let left = 1 + random(4); left > 0; left -= 1) {
    const at = random(lines.length);
    const from = random(lines.length);
    const changes = [
      () => lines.splice(at, 0, `x = "${name}"\n`),
      () => lines.splice(at, 0, '\n', '\n', `def ${name}():\n`, '    pass\n'),
      () => lines.splice(at, 0, '\n'),
      () => lines.splice(at, 1 + random(3)),
      () => lines.splice(at, 1, `${(lines[at] ?? '').trimEnd()}  # ${name}\n`),
      () => lines.splice(at, 0, ...lines.slice(from, from + 1 + random(3))),
    ];
    changes[random(changes.length)]!();
  }
  return lines.join('');
}

function randomSources(seed: number): MergeSources {
  const chance = chances(seed);
  const random = (below: number): number => Math.floor(chance() * below);
  return { base, theirs: edited(base, 'theirs', random), ours: edited(base, 'ours', random) };
}

const merges = Number(process.env['MERGES'] ?? 200);

/**
 * What is shown here: a clean merge has the same text both ways; what is a conflict with git is the same conflict, byte for byte, without it.
 * The one difference: where equal lines let a change be told in several ways, git merges some that the other way leaves to the user.
 */
test.skipIf(mergeWithGit === undefined)(`${merges} random edits merge with git as without`, () => {
  const results = Array.from({ length: merges }, (_, seed) => ({
    seed,
    git: mergeWithGit!(randomSources(seed)),
    own: mergeTexts(randomSources(seed)),
  }));
  const moreCautious = results.filter(({ git, own }) => git.kind === 'clean' && own.kind === 'conflict');
  const others = results.filter((result) => !moreCautious.includes(result));
  expect(others.map(({ seed, own }) => ({ seed, merge: own }))).toEqual(others.map(({ seed, git }) => ({ seed, merge: git })));
  console.log(
    `${merges} merges: ${others.filter(({ git }) => git.kind === 'clean').length} clean and ${others.filter(({ git }) => git.kind === 'conflict').length} in conflict both ways, ${moreCautious.length} clean with git only`,
  );
  expect(moreCautious.length).toBeLessThan(merges / 6);
});

test.skipIf(mergeWithGit === undefined)('one changed field on each side: both ways give the whole file', () => {
  const sources = { base, theirs: base.replace('status_code=201', 'status_code=202'), ours: base.replace('"books"', '"library"') };
  const text = base.replace('status_code=201', 'status_code=202').replace('"books"', '"library"');
  expect([mergeWithGit!(sources), mergeTexts(sources)]).toEqual([
    { kind: 'clean', text },
    { kind: 'clean', text },
  ]);
});
