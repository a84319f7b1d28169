import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseServiceSpec } from '../../spec/parse-service-spec';
import { exampleView, functionName, isSettledBefore } from './example-view';

const reading = parseServiceSpec(readFileSync(join(__dirname, '../../../../../examples/bookstore.yaml'), 'utf8'));
if (reading.kind === 'faulty') throw new Error('examples/bookstore.yaml has faults');
const { spec } = reading;
const examples = spec.operations.flatMap((operation) => operation.examples.map((example) => ({ operation, example })));

test('only what the access rule settles passes before the operation is written', () => {
  expect(examples.map(({ operation, example }) => [example.name, isSettledBefore(spec, operation, example)])).toEqual([
    ['pays a pending order and takes the stock', false],
    ['refuses when a book is out of stock', false],
    ['refuses an order that is already paid', false],
    ["hides another customer's order", true],
    ['most sold first, unpaid orders not counted', false],
  ]);
});

test('an example as a test', () => {
  const [first] = examples;
  expect(first && exampleView(spec, first.operation, first.example, new Set())).toEqual({
    function: 'test_pays_a_pending_order_and_takes_the_stock',
    title: 'Pays a pending order and takes the stock.',
    needsBody: true,
    given: [
      'ann = await make_user(session)',
      'book = await make_book(session, stock=5, price=Decimal("10.00"))',
      'order = await make_order(session, customer=ann)',
      'await make_order_item(session, order=order, book=book, quantity=2)',
    ],
    url: 'f"/api/v1/orders/{order.id}/pay"',
    request: ['headers=sign_in(ann)', 'json={"payment_token": "tok-0000000001"}'],
    status: 200,
    body: '{"status": "paid", "total": "20.00"}',
    database: [{ refresh: 'book, ["stock"]', assertion: 'book.stock == 3' }],
  });
});

test('names of tests are told apart', () => {
  expect([functionName("It's 3 o'clock!", new Set()), functionName('a b', new Set(['test_a_b'])), functionName('…', new Set())]).toEqual([
    'test_its_3_oclock',
    'test_a_b_2',
    'test_example',
  ]);
});
