import { expect, test } from 'vitest';
import { scriptedModel } from '../../testing/scripted-model';
import type { CompletionRequest } from '../language-model';
import type { ModelFailure } from '../model-failure';
import type { Clock } from './clock';
import { retryDelay } from './retry-delay';
import { withRetries } from './with-retries';

const request: CompletionRequest = { system: '', messages: [{ role: 'user', text: 'x' }], maxOutputTokens: 10 };
const busy: ModelFailure = { kind: 'rate-limited', message: 'Busy.', retryAfterMilliseconds: 2_500 };
const down: ModelFailure = { kind: 'unavailable', message: 'Down.' };

function watchedClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return { waits, now: () => 0, random: () => 0.5, sleep: async (milliseconds) => void waits.push(milliseconds) };
}

const signal = new AbortController().signal;

test('waits as long as it is told, then longer each time', async () => {
  const clock = watchedClock();
  const model = scriptedModel([busy, down, down, 'done']);
  const outcome = await withRetries(model, { clock }).complete(request, { signal });
  expect({ kind: outcome.kind, calls: model.requests.length, waits: clock.waits }).toEqual({
    kind: 'completed',
    calls: 4,
    waits: [2625, 1500, 3000],
  });
});

test('gives up after so many attempts and says so', async () => {
  const model = scriptedModel([down, down, down]);
  expect(await withRetries(model, { clock: watchedClock(), attempts: 3 }).complete(request, { signal })).toEqual({
    kind: 'failed',
    failure: { kind: 'unavailable', message: 'Down. So it went 3 times.' },
  });
});

test.each(['unauthorised', 'model-not-found', 'bad-request', 'quota-exhausted', 'cancelled', 'blocked', 'not-recorded'] as const)(
  '%s is not tried again',
  async (kind) => {
    const model = scriptedModel([{ kind, message: 'No.' }]);
    const outcome = await withRetries(model, { clock: watchedClock() }).complete(request, { signal });
    expect({ outcome, calls: model.requests.length }).toEqual({ outcome: { kind: 'failed', failure: { kind, message: 'No.' } }, calls: 1 });
  },
);

test('a provider that only fails is left alone after a while', async () => {
  const model = scriptedModel(() => down);
  const patient = withRetries(model, { clock: watchedClock(), attempts: 3, breakAfter: 5 });
  const outcomes = [];
  for (let call = 0; call < 4; call += 1) outcomes.push(await patient.complete(request, { signal }));
  expect(model.requests.length).toBe(5);
  expect(outcomes.map((outcome) => (outcome.kind === 'failed' ? outcome.failure.message : outcome.kind))).toEqual([
    'Down. So it went 3 times.',
    expect.stringContaining('scripted-1 failed 5 times in a row and is not asked again in this run.'),
    expect.stringContaining('not asked again'),
    expect.stringContaining('not asked again'),
  ]);
});

test('cancelling ends the wait', async () => {
  const controller = new AbortController();
  const clock: Clock = { ...watchedClock(), sleep: async () => controller.abort() };
  const model = scriptedModel([busy, 'never']);
  expect(await withRetries(model, { clock }).complete(request, { signal: controller.signal })).toMatchObject({
    failure: { kind: 'cancelled' },
  });
  expect(model.requests.length).toBe(1);
});

test('the wait doubles, has a ceiling, and chance moves it', () => {
  expect([1, 2, 3, 10].map((attempt) => [retryDelay(down, attempt, 0), retryDelay(down, attempt, 0.999)])).toEqual([
    [500, 1000],
    [1000, 1999],
    [2000, 3998],
    [30_000, 59_970],
  ]);
});
