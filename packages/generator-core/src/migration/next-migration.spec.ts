import { expect, test } from 'vitest';
import { describeTables } from '../artifacts/tables/describe-tables';
import { parseServiceSpec } from '../spec/parse-service-spec';
import { compareTableStates } from './compare-table-states';
import { nextMigration, noWishes, type MigrationWishes, type NextMigration } from './next-migration';

const first = 'alembic/versions/0001_initial.py';
const firstText = 'revision = "0001"\ndown_revision = None\n';

function tablesOf(entities: string) {
  const reading = parseServiceSpec(`service: shop\n${entities}`);
  if (reading.kind === 'faulty') throw new Error(JSON.stringify(reading.faults, undefined, 2));
  return describeTables(reading.spec);
}

function readerOf(texts: Readonly<Record<string, string>>) {
  return { list: () => Object.keys(texts).sort(), read: (path: string) => texts[path] };
}

/** A project as the run with this spec leaves it. */
function projectOf(entities: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const state = compareTableStates(tablesOf(entities), readerOf({}));
  return { [first]: firstText, ...Object.fromEntries(state.writes), ...more };
}

function next(before: Readonly<Record<string, string>>, after: string, wishes: Partial<MigrationWishes> = {}): NextMigration {
  return nextMigration({ tables: tablesOf(after), project: readerOf(before), wishes: { ...noWishes, ...wishes } });
}

function book(...lines: readonly string[]): string {
  return `entities:\n  Book:\n    timestamps: false\n    fields:\n${lines.map((line) => `      ${line}\n`).join('')}`;
}

test('without a migration in the project, the first one makes all tables', () => {
  expect(next({}, book('title: text'))).toEqual({ kind: 'first' });
});

test('the same tables ask for nothing, whatever else the spec says otherwise', () => {
  const before = projectOf(`enums: { Format: [paper, ebook] }\n${book('title: text', 'format: Format')}`);
  const after = `enums: { Format: [ebook, paper] }\n${book('title: text search was=name', 'format: Format = ebook filter')}`;
  expect(next(before, after)).toEqual({ kind: 'none' });
});

test('migrations from before tables were recorded are taken as they are', () => {
  expect(next({ [first]: firstText }, book('title: text'))).toEqual({ kind: 'adopted' });
});

test('who writes the migration by hand is told what changes', () => {
  expect(next(projectOf(book('title: text')), book('pages: int'), { write: 'none' })).toEqual({
    kind: 'by-hand',
    summary: 'Add books.pages; drop books.title.',
  });
});

test('an added and a dropped field, both ways', () => {
  const before = projectOf(book('title: text', 'cost: decimal(8,2) min=0.50'));
  const after = book('title: text', 'pages: int min=1 index backfill=100');
  expect(next(before, after, { drop: new Set(['Book.cost']) })).toMatchInlineSnapshot(`
    {
      "kind": "next",
      "revision": {
        "downgrade": [
          "is_sqlite = op.get_context().dialect.name == "sqlite"",
          "op.drop_index(op.f("ix_books_pages"), table_name="books")",
          "op.add_column("books", sa.Column("cost", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True))",
          "with op.batch_alter_table("books") as batch:
        batch.drop_constraint(op.f("ck_books_pages_range"), type_="check")
        batch.drop_column("pages")
        batch.create_check_constraint(op.f("ck_books_cost_range"), "cost >= 50" if is_sqlite else "cost >= 0.50")",
        ],
        "follows": "0001",
        "losses": [
          "books.cost comes back empty and optional",
        ],
        "path": "alembic/versions/0002_add_books_pages_and_more.py",
        "revision": "0002_add_books_pages_and_more",
        "summary": "Add books.pages; drop books.cost.",
        "upgrade": [
          "op.add_column("books", sa.Column("pages", sa.Integer(), nullable=True))",
          "op.execute("UPDATE books SET pages = 100")",
          "with op.batch_alter_table("books") as batch:
        batch.drop_constraint(op.f("ck_books_cost_range"), type_="check")
        batch.alter_column("pages", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("cost")
        batch.create_check_constraint(op.f("ck_books_pages_range"), "pages >= 1")",
          "op.create_index(op.f("ix_books_pages"), "books", ["pages"])",
        ],
      },
    }
  `);
});

test('a renamed value of an enum, and one more', () => {
  const before = projectOf(`enums: { Status: [pending, paid] }\n${book('status: Status')}`);
  const after = `enums: { Status: [open was=pending, paid, sent] }\n${book('status: Status')}`;
  expect(next(before, after)).toMatchInlineSnapshot(`
    {
      "kind": "next",
      "revision": {
        "downgrade": [
          "with op.batch_alter_table("books") as batch:
        batch.drop_constraint(op.f("ck_books_status"), type_="check")",
          "op.execute("UPDATE books SET status = 'pending' WHERE status = 'open'")",
          "op.execute("UPDATE books SET status = 'pending' WHERE status = 'sent'")",
          "with op.batch_alter_table("books") as batch:
        batch.create_check_constraint(op.f("ck_books_status"), "status IN ('pending', 'paid')")",
        ],
        "follows": "0001",
        "losses": [
          "books.status sent becomes pending",
        ],
        "path": "alembic/versions/0002_change_books_status.py",
        "revision": "0002_change_books_status",
        "summary": "Change books.status.",
        "upgrade": [
          "with op.batch_alter_table("books") as batch:
        batch.drop_constraint(op.f("ck_books_status"), type_="check")",
          "op.execute("UPDATE books SET status = 'open' WHERE status = 'pending'")",
          "with op.batch_alter_table("books") as batch:
        batch.create_check_constraint(op.f("ck_books_status"), "status IN ('open', 'paid', 'sent')")",
        ],
      },
    }
  `);
});

test('a field that becomes required, and one that need not be any longer', () => {
  const before = projectOf(book('a: date?', 'b: date', 'c: date'));
  expect(next(before, book('a: date = today', 'b: date?', 'c: date? = 2026-01-31'))).toMatchInlineSnapshot(`
    {
      "kind": "next",
      "revision": {
        "downgrade": [
          "op.execute("UPDATE books SET c = '2026-01-31' WHERE c IS NULL")",
          "with op.batch_alter_table("books") as batch:
        batch.alter_column("a", existing_type=sa.Date(), nullable=True)
        batch.alter_column("c", existing_type=sa.Date(), nullable=False)",
        ],
        "follows": "0001",
        "losses": [
          "books.b stays optional",
        ],
        "path": "alembic/versions/0002_change_books_a_and_more.py",
        "revision": "0002_change_books_a_and_more",
        "summary": "Change books.a, books.b and books.c.",
        "upgrade": [
          "op.execute("UPDATE books SET a = CURRENT_DATE WHERE a IS NULL")",
          "with op.batch_alter_table("books") as batch:
        batch.alter_column("a", existing_type=sa.Date(), nullable=False)
        batch.alter_column("b", existing_type=sa.Date(), nullable=True)
        batch.alter_column("c", existing_type=sa.Date(), nullable=True)",
        ],
      },
    }
  `);
});

test('the next number follows the greatest one, and the next migration the head, whoever wrote it', () => {
  const merge = 'alembic/versions/0007_by_hand.py';
  const before = projectOf(book('title: text'), {
    [merge]: 'revision: str = "abc"\ndown_revision: str | Sequence[str] | None = (\n    "0001",\n)\n',
  });
  expect(next(before, book('title: text', 'note: text?'))).toMatchObject({
    revision: { path: 'alembic/versions/0008_add_books_note.py', revision: '0008_add_books_note', follows: 'abc' },
  });
});

test('the tables of two branches are those of both, and their two migrations have to be merged first', () => {
  const base = book('title: text');
  const withEntity = (name: string) => `${base}  ${name}:\n    fields: { name: text }\n`;
  const [label, shelf] = ['Label', 'Shelf'].map((name) => {
    const result = next(projectOf(base), withEntity(name));
    if (result.kind !== 'next') throw new Error(result.kind);
    const { path, revision, follows } = result.revision;
    return { ...projectOf(withEntity(name)), [path]: `revision = "${revision}"\ndown_revision = "${follows}"\n` };
  });
  const merged = { ...label, ...shelf };
  const both = `${withEntity('Label')}  Shelf:\n    fields: { name: text }\n`;
  expect(next(merged, both)).toEqual({ kind: 'none' });
  const more = both.replace('title: text', 'title: text\n      note: text?');
  expect(next(merged, more)).toEqual({
    kind: 'several-heads',
    heads: ['alembic/versions/0002_add_labels.py', 'alembic/versions/0002_add_shelves.py'],
  });
  const mended = {
    ...merged,
    'alembic/versions/ab_merge.py': 'revision = "ab"\ndown_revision = ("0002_add_labels", "0002_add_shelves")\n',
  };
  expect(next(mended, more)).toMatchObject({ revision: { path: 'alembic/versions/0005_add_books_note.py', follows: 'ab' } });
});

test('all that needs a word of the user is said at once', () => {
  const before = projectOf(
    `enums: { Status: [pending, paid] }
entities:
  Author: { fields: { name: text } }
  Editor: { fields: { name: text } }
  Book:
    fields: { title: string(80), status: Status, pages: 'int?', code: text, old: bool }
    relations: { by: belongs_to Author, tags: many_to_many Author }
`,
  );
  const after = `enums: { Status: [paid] }
entities:
  Editor: { fields: { name: text } }
  Book:
    fields: { title: string(40), status: Status, pages: int, code: date, isbn: string(13) unique backfill=x, new: text }
    relations: { by: belongs_to Editor, owner: belongs_to Editor }
`;
  expect(next(before, after)).toEqual({
    kind: 'faulty',
    faults: [
      { kind: 'dropped', name: 'Book.old', what: 'the column books.old' },
      { kind: 'same-backfill', name: 'Book.isbn', what: 'the column books.isbn' },
      { kind: 'no-backfill', name: 'Book.new', what: 'the column books.new', isReference: false },
      { kind: 'no-backfill', name: 'Book.owner_id', what: 'the column books.owner_id', isReference: true },
      { kind: 'narrowed', name: 'Book.title', what: 'books.title from string(80) to string(40)' },
      { kind: 'dropped', name: 'Status.pending', what: 'the value pending of Status' },
      { kind: 'no-backfill', name: 'Book.pages', what: 'the column books.pages', isReference: false },
      { kind: 'inconvertible', name: 'Book.code', what: 'books.code from text to date' },
      { kind: 'inconvertible', name: 'Book.by_id', what: 'books.by_id from ids of authors to ids of editors' },
      { kind: 'dropped', name: 'Book.tags', what: 'the table book_tags with all its rows' },
      { kind: 'dropped', name: 'Author', what: 'the table authors with all its rows' },
    ],
  });
});

test('a record of tables that is no record, and a migration that does not say what it follows, are said by name', () => {
  const before = projectOf(book('title: text'));
  const conflict = { ...before, '.fastapi/tables/books.json': '<<<<<<< HEAD\n' };
  expect(() => next(conflict, book('title: text'))).toThrow(/^\.fastapi\/tables\/books\.json cannot be read as a table/);
  const strange = { ...before, 'alembic/versions/x.py': 'print("hello")\n' };
  expect(() => next(strange, book('title: text'))).toThrow(/^alembic\/versions\/x\.py does not say its "revision"/);
});

test('two new tables that refer to each other', () => {
  const before = book('title: text');
  const ring = `
  Team: { timestamps: false, fields: {}, relations: { captain: belongs_to Player? } }
  Player: { timestamps: false, fields: {}, relations: { team: belongs_to Team } }
`;
  expect(next(projectOf(before), before + ring)).toMatchInlineSnapshot(`
    {
      "kind": "next",
      "revision": {
        "downgrade": [
          "is_sqlite = op.get_context().dialect.name == "sqlite"",
          "if not is_sqlite:
        op.drop_constraint(op.f("fk_teams_captain_id"), "teams", type_="foreignkey")",
          "op.drop_table("players")",
          "op.drop_table("teams")",
        ],
        "follows": "0001",
        "losses": [],
        "path": "alembic/versions/0002_add_teams_and_more.py",
        "revision": "0002_add_teams_and_more",
        "summary": "Add teams and players.",
        "upgrade": [
          "is_sqlite = op.get_context().dialect.name == "sqlite"",
          "op.create_table("teams", sa.Column("id", sa.Uuid(), nullable=False), sa.Column("captain_id", sa.Uuid(), nullable=True), sa.ForeignKeyConstraint(["captain_id"], ["players.id"], name=op.f("fk_teams_captain_id"), ondelete="SET NULL", use_alter=True), sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")))",
          "op.create_index(op.f("ix_teams_captain_id"), "teams", ["captain_id"])",
          "op.create_table("players", sa.Column("id", sa.Uuid(), nullable=False), sa.Column("team_id", sa.Uuid(), nullable=False), sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_players_team_id"), ondelete="RESTRICT"), sa.PrimaryKeyConstraint("id", name=op.f("pk_players")))",
          "op.create_index(op.f("ix_players_team_id"), "players", ["team_id"])",
          "if not is_sqlite:
        op.create_foreign_key(op.f("fk_teams_captain_id"), "teams", "players", ["captain_id"], ["id"], ondelete="SET NULL")",
        ],
      },
    }
  `);
});

test('columns with names that SQL keeps are quoted where rows are written', () => {
  const before = projectOf(`enums: { Group: [a, b] }\n${book('title: text', 'group: Group', 'limit: int?')}`);
  const after = `enums: { Group: [a, c was=b] }\n${book('title: text', 'group: Group', 'limit: int backfill=1', 'order: int backfill=0')}`;
  const migration = next(before, after);
  const statements = migration.kind === 'next' ? migration.revision.upgrade : [];
  expect(statements.filter((statement) => statement.includes('UPDATE'))).toEqual([
    String.raw`op.execute("UPDATE books SET \"order\" = 0")`,
    String.raw`op.execute("UPDATE books SET \"group\" = 'c' WHERE \"group\" = 'b'")`,
    String.raw`op.execute("UPDATE books SET \"limit\" = 1 WHERE \"limit\" IS NULL")`,
  ]);
});

test('rows deleted softly, and really again', () => {
  const entities = (book: string): string => `entities:
  Book: { ${book}timestamps: false, fields: { isbn: string(13) unique } }
  Review: { soft_delete: true, timestamps: false, fields: { stars: int }, relations: { book: belongs_to Book on_delete=cascade } }
`;
  const [hard, soft] = [entities(''), entities('soft_delete: true, ')];
  expect(next(projectOf(soft), hard)).toEqual({
    kind: 'faulty',
    faults: [{ kind: 'dropped', name: 'Book.deleted_at', what: 'the deleted rows of books' }],
  });
  expect(next(projectOf(soft), hard, { drop: new Set(['Book.deleted_at']) })).toMatchInlineSnapshot(`
    {
      "kind": "next",
      "revision": {
        "downgrade": [
          "op.add_column("books", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))",
          "with op.batch_alter_table("books") as batch:
        batch.drop_constraint(op.f("uq_books_isbn"), type_="unique")",
          "op.create_index(op.f("uq_books_isbn"), "books", ["isbn"], unique=True, postgresql_where=sa.text("deleted_at IS NULL"), sqlite_where=sa.text("deleted_at IS NULL"))",
        ],
        "follows": "0001",
        "losses": [
          "books.deleted_at comes back empty",
        ],
        "path": "alembic/versions/0002_drop_books_deleted_at.py",
        "revision": "0002_drop_books_deleted_at",
        "summary": "Drop books.deleted_at.",
        "upgrade": [
          "op.execute("DELETE FROM reviews WHERE book_id IN (SELECT id FROM books WHERE " "deleted_at IS NOT NULL)")",
          "op.execute("DELETE FROM books WHERE deleted_at IS NOT NULL")",
          "op.drop_index(op.f("uq_books_isbn"), table_name="books")",
          "with op.batch_alter_table("books") as batch:
        batch.drop_column("deleted_at")
        batch.create_unique_constraint(op.f("uq_books_isbn"), ["isbn"])",
        ],
      },
    }
  `);
});

test('ids that count up are given once, also where SQLite copies the table; their key has no name there', () => {
  const before = projectOf('entities:\n  Book: { id: int, timestamps: false, fields: { pages: int min=1 } }\n');
  const after = 'entities:\n  Volume: { was: Book, id: int, timestamps: false, fields: { pages: int min=2 } }\n';
  const migration = next(before, after);
  expect(migration.kind === 'next' && migration.revision.upgrade).toMatchInlineSnapshot(`
    [
      "is_sqlite = op.get_context().dialect.name == "sqlite"",
      "op.rename_table("books", "volumes")",
      "if not is_sqlite:
        op.execute("ALTER TABLE volumes RENAME CONSTRAINT pk_books TO pk_volumes")",
      "with op.batch_alter_table("volumes", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_constraint(op.f("ck_books_pages_range"), type_="check")
        batch.create_check_constraint(op.f("ck_volumes_pages_range"), "pages >= 2")",
    ]
  `);
});
