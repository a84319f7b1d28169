import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectSuccess, generate, generateFrom, nx, read, uvRun, write, writeOperations } from './set-up/user';

/** The custom operations of the bookstore: unwritten, written, and written wrongly. Their examples are the judge. */
describe('operations', () => {
  const examples = ['tests/test_operation_pay_order.py', 'tests/test_operation_best_sellers.py'];
  const runExamples = () => uvRun('bookstore', ['pytest', '-q', ...examples]);
  const implementation = (name: string) => readFileSync(join(__dirname, `../fixtures/bookstore/${name}.py`), 'utf8');

  beforeAll(async () => expectSuccess(await generate('bookstore', 'bookstore')));

  test('while unwritten, what only the operation can do is expected to fail; what access decides holds', async () => {
    const result = await runExamples();
    expectSuccess(result);
    expect(result.output).toMatch(/^1 passed, 4 xfailed in /m);
  });

  test('written, all examples pass, and nothing else is to be said', async () => {
    writeOperations('bookstore');
    const result = await runExamples();
    expectSuccess(result);
    expect(result.output).toMatch(/^5 passed in /m);
    expectSuccess(await uvRun('bookstore', ['mypy', '--strict', 'app', 'tests']));
    expectSuccess(await uvRun('bookstore', ['ruff', 'check', '.']));
    expectSuccess(await nx('run', 'bookstore:validate'));
  });

  test('generating again leaves what was written', async () => {
    expectSuccess(await generateFrom('bookstore', 'bookstore.yaml'));
    expect(read('apps/bookstore/app/services/pay_order.py')).toBe(implementation('pay_order'));
  });

  test('written wrongly, an example fails', async () => {
    const wrong = implementation('pay_order').replace('if book.stock < item.quantity:', 'if book.stock < 0:');
    expect(wrong).not.toBe(implementation('pay_order'));
    write('apps/bookstore/app/services/pay_order.py', wrong);
    const result = await runExamples();
    expect(result.status).toBe(1);
    expect(result.output).toMatch(/^1 failed, 4 passed in /m);
  });
});

/** The custom operations of the tracker on rows of a tenant. */
describe('operations of a tenant', () => {
  beforeAll(async () => expectSuccess(await generate('tracker', 'tracker')));

  test('written, all examples pass, and nothing else is to be said', async () => {
    writeOperations('tracker');
    const result = await uvRun('tracker', ['pytest', '-q', 'tests/test_operation_transition.py']);
    expectSuccess(result);
    expect(result.output).toMatch(/^4 passed in /m);
    expectSuccess(await uvRun('tracker', ['mypy', '--strict', 'app', 'tests']));
    expectSuccess(await uvRun('tracker', ['ruff', 'check', '.']));
    expectSuccess(await nx('run', 'tracker:validate'));
  });
});
