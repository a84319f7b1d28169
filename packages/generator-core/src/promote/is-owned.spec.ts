import { expect, test } from 'vitest';
import { isOwned } from './is-owned';

test.each<[string, readonly string[], readonly string[]]>([
  ['app/main.py', ['app/main.py'], ['app/main_py', 'app/main.pyi', 'x/app/main.py']],
  ['app/services/*.py', ['app/services/pay_order.py', 'app/services/.py'], ['app/services/inner/a.py', 'app/services/a.txt']],
  ['app/**', ['app/a.py', 'app/core/a.py'], ['apple/a.py', 'app']],
  ['**/test_*.py', ['test_a.py', 'tests/test_a.py', 'tests/x/test_a.py'], ['tests/a_test_b.py']],
  ['app/models/boo?.py', ['app/models/book.py'], ['app/models/boo.py', 'app/models/boo/.py']],
])('%s', (glob, owned, others) => {
  expect([...owned, ...others].filter((path) => isOwned(path, [glob]))).toEqual(owned);
});

test('nothing is owned where nothing is said', () => {
  expect(isOwned('app/main.py', [])).toBe(false);
});
