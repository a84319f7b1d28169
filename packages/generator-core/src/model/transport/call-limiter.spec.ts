import { expect, test } from 'vitest';
import { CallLimiter } from './call-limiter';

/** Runs so many calls that end in turns of the event loop; returns how many ran at the same time in each. */
async function peaks(limiter: CallLimiter, count: number, onCall: (index: number) => void = () => undefined): Promise<readonly number[]> {
  let running = 0;
  const seen: number[] = [];
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      limiter.run(async () => {
        running += 1;
        seen.push(running);
        onCall(index);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      }),
    ),
  );
  return seen;
}

test('never more than the bound', async () => {
  expect(Math.max(...(await peaks(new CallLimiter(3), 20)))).toBe(3);
});

test('half as many after a refusal, one more after each round of successes', async () => {
  const limiter = new CallLimiter(8);
  limiter.shrink();
  expect(limiter.current).toBe(4);
  await peaks(limiter, 4);
  expect(limiter.current).toBe(5);
  for (let time = 0; time < 5; time += 1) limiter.shrink();
  expect(limiter.current).toBe(1);
  expect(Math.max(...(await peaks(limiter, 1)))).toBe(1);
});

test('a call that throws frees its place', async () => {
  const limiter = new CallLimiter(1);
  await expect(limiter.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await limiter.run(async () => 'yes')).toBe('yes');
});
