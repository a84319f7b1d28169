import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addOperation, type OperationAddition } from './add-operation';

const example = (name: string): string => readFileSync(join(__dirname, `../../../../examples/${name}.yaml`), 'utf8');
const bookstore = example('bookstore');
const todo = example('todo');

const plain: OperationAddition = { name: 'ping', describe: 'Answers.', input: [], example: false };

/** The lines that were added, or what there is to say. */
function added(text: string, addition: Partial<OperationAddition>): unknown {
  const edit = addOperation(text, { ...plain, ...addition });
  return edit.kind === 'added' ? edit.added.split('\n') : edit;
}

test('of an entity, with a first example of its owner', () => {
  const cancel = {
    name: 'cancel-order',
    entity: 'order',
    describe: 'Cancels an order: gives the stock back.',
    input: ['reason: string(1..200)', 'silent: bool = false'],
    output: 'Order',
    errors: '409: already shipped, or cancelled, 404: no such order',
    example: true,
  };
  const lines = [
    '  cancel_order:',
    '    route: POST /orders/{order_id}/cancel',
    '    access: owner',
    '    input:',
    '      reason: string(1..200)',
    '      silent: bool = false',
    '    output: Order',
    '    errors:',
    '      404: no such order',
    '      409: already shipped, or cancelled',
    '    describe: "Cancels an order: gives the stock back."',
    '    examples:',
    '      - name: cancel order, the usual case',
    '        given:',
    '          ann: { User: {} }',
    '          order: { Order: { customer: $ann } }',
    '        when: { as: $ann, path: { order_id: $order.id }, body: { reason: reason a } }',
    '        then: { status: 200 }',
  ].join('\n');
  const seed = bookstore.indexOf('seed:');
  expect(addOperation(bookstore, cancel)).toEqual({
    kind: 'added',
    name: 'cancel_order',
    added: lines,
    text: `${bookstore.slice(0, seed)}${lines}\n${bookstore.slice(seed)}`,
  });
});

test('with a route of its own, everybody calling', () => {
  const best = {
    name: 'newest',
    route: 'GET /books/newest',
    access: 'public',
    input: ['most: int min=1'],
    output: '[{ book: Book, sold: int }]',
    example: true,
  };
  expect(added(bookstore, best)).toEqual([
    '  newest:',
    '    route: GET /books/newest',
    '    access: public',
    '    input:',
    '      most: int min=1',
    '    output: [{ book: Book, sold: int }]',
    '    describe: Answers.',
    '    examples:',
    '      - name: newest, the usual case',
    '        when: { as: anonymous, query: { most: 1 } }',
    '        then: { status: 200 }',
  ]);
});

test('the first one makes the section', () => {
  expect(added(todo, { name: 'finish', entity: 'Task', method: 'put', status: 202, example: true })).toEqual([
    'operations:',
    '  finish:',
    '    route: PUT /tasks/{task_id}/finish',
    '    access: owner',
    '    status: 202',
    '    describe: Answers.',
    '    examples:',
    '      - name: finish, the usual case',
    '        given:',
    '          ann: { User: {} }',
    '          task: { Task: { user: $ann } }',
    '        when: { as: $ann, path: { task_id: $task.id } }',
    '        then: { status: 202 }',
  ]);
});

test.each([
  [{}, 'POST /ping', 'user', undefined],
  [{ entity: 'book' }, 'POST /books/{book_id}/ping', 'user', { ann: '{ User: {} }', book: '{ Book: {} }' }],
  [{ entity: 'book', access: 'staff' }, 'POST /books/{book_id}/ping', 'staff', { book: '{ Book: {} }' }],
  [{ route: 'POST /users/{user_id}/ping', access: 'self' }, 'POST /users/{user_id}/ping', 'self', { user: '{ User: {} }' }],
])('%j has a route, an access and an example', (options, route, access, given) => {
  const lines = added(bookstore, { ...options, example: true }) as readonly string[];
  expect(lines.slice(1, 3)).toEqual([`    route: ${route}`, `    access: ${access}`]);
  if (given !== undefined)
    expect(lines).toEqual(expect.arrayContaining(Object.entries(given).map(([alias, row]) => `          ${alias}: ${row}`)));
});

test('the same operation is there already; another one is not written over', () => {
  const edit = addOperation(bookstore, { ...plain, entity: 'book', example: true });
  const text = edit.kind === 'added' ? edit.text : '';
  expect(addOperation(text, { ...plain, entity: 'Book', example: true })).toEqual({ kind: 'present', name: 'ping' });
  expect(addOperation(text, { ...plain, name: 'pay-order' })).toEqual({ kind: 'different', name: 'pay_order', section: 'operations' });
});

test('what is wrong is said with what was typed', () => {
  expect(added(bookstore, { entity: 'bok', route: 'GET /x', input: ['a'], errors: '40: x', output: '[' })).toMatchObject({
    kind: 'faulty',
    faults: [
      {
        typed: '--entity bok',
        message: 'the spec has no entity "Bok".',
        mend: 'name one of: User, Author, Category, Book, Review, Order, OrderItem',
      },
      { typed: '--route "GET /x"', mend: 'leave --route out, or the other two' },
      { typed: 'a', mend: 'write it as in the spec: "payment_token: string(10..200)"' },
      { typed: '[' },
    ],
  });
  expect(
    added(bookstore, { route: 'GET books', input: ['class: int', 'n: integer'], errors: '200: fine', output: 'Bok', access: 'ownr' }),
  ).toMatchObject({
    kind: 'faulty',
    faults: [
      { typed: 'route: GET books', message: '"GET books" is not a route.' },
      { typed: '200: fine', message: '"200" is not an error status.' },
    ],
  });
  expect(added(bookstore, { input: ['class: int', 'n: integer'], output: 'Bok', access: 'ownr', describe: ' ' })).toMatchObject({
    kind: 'faulty',
    faults: [
      { typed: 'access: ownr' },
      { typed: 'class: int', message: '"class" is a keyword of Python.' },
      { typed: 'n: integer', message: '"integer" is not a type.' },
      { typed: 'output: Bok', mend: 'did you mean "Book"?' },
      { typed: 'describe: ', message: 'the description is empty, but the operation is written from it.' },
    ],
  });
});
