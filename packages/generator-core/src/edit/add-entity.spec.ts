import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addEntity, type EntityAddition } from './add-entity';
import { addOperation } from './add-operation';

const example = (name: string): string => readFileSync(join(__dirname, `../../../../examples/${name}.yaml`), 'utf8');
const bookstore = example('bookstore');
const todo = example('todo');

const review: EntityAddition = {
  name: 'book_note',
  fields: ['rating:int min=1 max=5', 'body: text(4000)?', 'book: belongs_to Book on_delete=cascade filter'],
};
const noteLines = [
  '  BookNote:',
  '    fields:',
  '      rating: int min=1 max=5',
  '      body: text(4000)?',
  '    relations:',
  '      book: belongs_to Book on_delete=cascade filter',
  '    access: { read: user, write: user }',
].join('\n');

test('the spec is as it was, with the entity at the end of its entities', () => {
  const operations = bookstore.indexOf('operations:');
  const text = `${bookstore.slice(0, operations)}${noteLines}\n${bookstore.slice(operations)}`;
  expect(addEntity(bookstore, review)).toEqual({ kind: 'added', name: 'BookNote', added: noteLines, text });
});

test('a byte order mark stays, and so do the line breaks of Windows', () => {
  const windows = `\ufeff${todo.replaceAll('\n', '\r\n')}`;
  const note = { name: 'note', fields: ['text: text'], access: 'user' };
  const lines = ['  Note:', '    fields:', '      text: text', '    access: { read: user, write: user }', ''].join('\r\n');
  expect(addEntity(windows, note)).toMatchObject({ kind: 'added', text: windows + lines });
});

test('all that an entity may be asked to have', () => {
  const addition: EntityAddition = {
    name: 'shelf-mark',
    description: 'Where a reader stopped.',
    owner: 'reader',
    fields: ['page: int min=1', 'fine: decimal(10, 2)?', 'book: belongs_to Book', 'reader: belongs_to User'],
    unique: 'book, reader',
    access: 'read: [owner, staff], write: owner',
  };
  expect(addEntity(bookstore, addition)).toMatchObject({
    kind: 'added',
    added: [
      '  ShelfMark:',
      '    description: Where a reader stopped.',
      '    owner: reader',
      '    fields:',
      '      page: int min=1',
      '      fine: decimal(10,2)?',
      '    relations:',
      '      book: belongs_to Book',
      '      reader: belongs_to User',
      '    unique: [[book, reader]]',
      '    access: { read: [owner, staff], write: owner }',
    ].join('\n'),
  });
});

test.each([
  [{}, '{ read: user, write: user }'],
  [{ access: 'public' }, '{ read: public, write: public }'],
  [{ access: 'staff, admin' }, '{ read: [staff, admin], write: [staff, admin] }'],
  [{ access: '{ list: staff }' }, '{ list: staff }'],
  [{ owner: 'user', fields: ['user: belongs_to User'] }, '{ read: owner, write: owner }'],
  [{ access: 'none' }, undefined],
])('%j may be reached by %s', (options, access) => {
  const edit = addEntity(bookstore, { name: 'note', fields: [], ...options });
  expect(edit.kind === 'added' && /access: (.*)$/.exec(edit.added)?.[1]).toBe(access);
});

test('without log-in everybody may', () => {
  const text = 'service: shop\nentities:\n';
  expect(addEntity(text, { name: 'note', fields: ['text: text'] })).toEqual({
    kind: 'added',
    name: 'Note',
    added: '  Note:\n    fields:\n      text: text\n    access: { read: public, write: public }',
    text: `${text}  Note:\n    fields:\n      text: text\n    access: { read: public, write: public }\n`,
  });
});

test('the same entity in other words is there already; another one is not written over', () => {
  const once = addEntity(bookstore, review);
  const text = once.kind === 'added' ? once.text : '';
  const otherWords = {
    ...review,
    name: 'BookNote',
    fields: ['rating: int max=5 min=1', 'body: text(4000)?', 'book: belongs_to Book filter on_delete=cascade'],
  };
  expect(addEntity(text, review)).toEqual({ kind: 'present', name: 'BookNote' });
  expect(addEntity(text, otherWords)).toEqual({ kind: 'present', name: 'BookNote' });
  expect(addEntity(text, { ...review, access: 'public' })).toEqual({ kind: 'different', name: 'BookNote', section: 'entities' });
});

test('what the line of the command cannot mean is said at once', () => {
  const fields = ['stars', 'book: references', 'author: ref(user)', 'body: text optional', 'body: text'];
  expect(addEntity(bookstore, { name: '7up', fields, access: 'read: [', unique: '[a' })).toEqual({
    kind: 'faulty',
    name: '7up',
    faults: [
      {
        typed: '7up',
        message: '"7up" is not a name for an entity, enum or type.',
        mend: 'write it in letters and digits with a capital first: OrderItem',
      },
      {
        typed: 'stars',
        message: 'this is no field: a name, a colon and what it is.',
        mend: 'write it as in the spec: "stars: int min=1 max=5"',
      },
      { typed: 'body: text', message: '"body" stands twice in the list.', mend: 'keep one of the two' },
      {
        typed: 'book: references',
        message: '"references" does not say what the field is, or which entity it leads to.',
        mend: 'write "book: belongs_to Book"',
      },
      {
        typed: 'author: ref(user)',
        message: '"ref(user)" does not say what the field is, or which entity it leads to.',
        mend: 'write "author: belongs_to User"',
      },
      { typed: 'body: text optional', message: 'what may be left out has a "?" after its type.', mend: 'write "body: text?"' },
      {
        typed: 'read: [',
        message: 'this cannot be read as YAML: Flow sequence in block collection must be sufficiently indented and end with a ].',
        mend: 'write "read: public, write: staff", or one word for all: "user"',
      },
    ],
  });
});

test("what the spec's reader objects to is said with what was typed", () => {
  const fields = ['stars: integer', 'class: int', 'Body: text', 'book: belongs_to Bok', 'size: int min=9 max=1'];
  expect(addEntity(bookstore, { name: 'note', fields, access: 'stuff', owner: 'author' })).toEqual({
    kind: 'faulty',
    name: 'Note',
    faults: [
      { typed: 'owner: author', message: 'Note has no relation "author".', mend: 'add "author: belongs_to User" to the relations' },
      { typed: 'stars: integer', message: '"integer" is not a type.', mend: 'did you mean "int"?' },
      { typed: 'class: int', message: '"class" is a keyword of Python.', mend: 'rename it, for example to "note_class"' },
      {
        typed: 'Body: text',
        message: '"Body" is not an identifier.',
        mend: 'use lower-case letters, digits and "_", a letter first: order_item',
      },
      { typed: 'size: int min=9 max=1', message: 'the least value 9 is over the greatest value 1.', mend: 'swap the two' },
      { typed: 'book: belongs_to Bok', message: 'there is no entity "Bok".', mend: 'did you mean "Book"?' },
      { typed: 'access.read: stuff', message: '"stuff" is neither an access word nor a role of this spec.', mend: 'did you mean "staff"?' },
    ],
  });
});

test('names that generated code keeps for itself, or that clash with another entity', () => {
  expect(addEntity(bookstore, { name: 'field', fields: [] })).toMatchObject({
    kind: 'faulty',
    faults: [{ typed: 'Field', message: '"Field" is a name that the generated code imports.' }],
  });
  expect(addEntity(bookstore, { name: 'book-create', fields: [] })).toEqual({
    kind: 'faulty',
    name: 'BookCreate',
    faults: [
      {
        typed: 'BookCreate',
        message: 'the entity BookCreate and a class of the entity Book would both be called "BookCreate".',
        mend: 'rename one of the two',
      },
    ],
  });
});

test('a spec with faults of its own is to be mended first', () => {
  const text = todo.replace('bool = false', 'boolean');
  expect(addEntity(text, { name: 'note', fields: ['text: text'] })).toEqual({
    kind: 'faulty-before',
    faults: [
      {
        line: 11,
        column: 51,
        place: 'entities.Task.fields.done',
        code: 'unknown-type',
        message: '"boolean" is not a type.',
        mend: 'did you mean "bool"?',
      },
    ],
  });
  expect(addEntity('entities: [', { name: 'note', fields: [] })).toMatchObject({ kind: 'faulty-before', faults: [{ code: 'not-yaml' }] });
});

test('a spec that cannot be cut is left alone, and the lines are shown', () => {
  const text =
    'service: shop\nentities:\n  A: &a\n    fields: &f {}\n  B: *a\noperations:\n  x: { route: GET /x, access: public, describe: x, input: *f }\n';
  const aliased = text.replace('entities:', 'seed: &all {}\nentities: *all\nold:');
  expect(addEntity(text, { name: 'note', fields: ['text: text'] })).toMatchObject({ kind: 'added' });
  expect(addEntity(aliased, { name: 'note', fields: ['text: text'] })).toMatchObject({ kind: 'faulty-before' });
  const shared = 'service: shop\nenums: {}\ntypes: &all {}\nentities:\n  A:\n    fields: { x: int }\noperations: *all\n';
  expect(addOperation(shared, { name: 'ping', describe: 'Answers.', input: [], example: false })).toEqual({
    kind: 'unplaceable',
    why: '"operations" is the YAML alias *all',
    entry: '  ping:\n    route: POST /ping\n    access: public\n    describe: Answers.',
  });
});
