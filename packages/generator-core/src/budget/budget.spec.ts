import { expect, test } from 'vitest';
import { UNKNOWN_USAGE, type Usage } from '../model/completion';
import { Budget, type BudgetLimits } from './budget';
import { costOf } from './cost-of';

const price = { input: 1, output: 10, cachedInput: 0.1 };
const usage = (inputTokens: number, outputTokens: number): Usage => ({ ...UNKNOWN_USAGE, inputTokens, outputTokens });

function budget(limits: BudgetLimits, now = () => 0): Budget {
  return new Budget({ limits, price: () => price, now });
}

test('what came from a cache costs less', () => {
  expect(costOf({ ...usage(1_000_000, 100_000), cachedInputTokens: 500_000 }, price)).toBeCloseTo(0.5 + 0.05 + 1, 10);
  expect(costOf(usage(1, 1), undefined)).toBeUndefined();
  expect(costOf(UNKNOWN_USAGE, price)).toBeUndefined();
});

test('calls in flight are counted before they are over', () => {
  const two = budget({ tokens: 1000 });
  expect([two.reserve(usage(300, 300)), two.reserve(usage(300, 300))]).toEqual([undefined, 'the next call could pass 1000 tokens']);
  two.settle(usage(300, 300), usage(300, 50));
  expect(two.reserve(usage(300, 300))).toBeUndefined();
  expect(two.spent).toEqual({ calls: 2, tokens: 350, cost: (300 + 500) / 1_000_000 });
});

test('a call that failed costs nothing but its number', () => {
  const one = budget({ calls: 2 });
  one.reserve(usage(10, 10));
  one.settle(usage(10, 10), undefined);
  expect(one.spent).toEqual({ calls: 1, tokens: 0, cost: 0 });
  expect([one.reserve(usage(1, 1)), one.reserve(usage(1, 1))]).toEqual([undefined, 'all 2 calls are made']);
});

test('money and time', () => {
  expect(budget({ cost: 0.000_05 }).reserve(usage(10, 10))).toBe('the next call could pass $0.00005');
  let time = 0;
  const timed = budget({ time: 5000 }, () => time);
  expect(timed.reserve(usage(1, 1))).toBeUndefined();
  time = 5000;
  expect(timed.reserve(usage(1, 1))).toBe('5 s are over');
});

test('a limit on money cannot be kept where the price is not known', () => {
  const blind = new Budget({ limits: { cost: 1 }, price: () => undefined, now: () => 0 });
  expect(blind.reserve(usage(1, 1))).toBe('the price of the model is not known, so that its cost cannot be held to');
});
