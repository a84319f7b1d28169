import { expect, test } from 'vitest';
import { scriptedModel } from '../testing/scripted-model';
import { chainModels } from './chain-models';
import type { CompletionRequest } from './language-model';

const request: CompletionRequest = { system: '', messages: [{ role: 'user', text: 'x' }], maxOutputTokens: 10 };
const signal = new AbortController().signal;
const over = { kind: 'quota-exhausted', message: 'Over.' } as const;

test('the next is asked when one ends, and the one left behind never again', async () => {
  const first = scriptedModel(['one', over, over], { id: 'first' });
  const second = scriptedModel(() => 'two', { id: 'second' });
  const moves: string[] = [];
  const chain = chainModels([first, second], {
    onFallback: (left, next, failure) => moves.push(`${left.id} → ${next.id}: ${failure.message}`),
  });
  const texts = [
    await chain.complete(request, { signal }),
    ...(await Promise.all([1, 2].map(() => chain.complete(request, { signal })))),
  ].map((outcome) => (outcome.kind === 'completed' ? outcome.completion.text : outcome.failure.kind));
  expect({ texts, moves, id: chain.id, calls: [first.requests.length, second.requests.length] }).toEqual({
    texts: ['one', 'two', 'two'],
    moves: ['first → second: Over.'],
    id: 'second',
    calls: [3, 2],
  });
});

test('the last one says why', async () => {
  const chain = chainModels([scriptedModel([over]), scriptedModel([{ kind: 'unauthorised', message: 'Key.' }])]);
  expect(await chain.complete(request, { signal })).toEqual({ kind: 'failed', failure: { kind: 'unauthorised', message: 'Key.' } });
});

test.each(['cancelled', 'blocked', 'bad-request', 'not-recorded'] as const)('%s is about the prompt: no other is asked', async (kind) => {
  const second = scriptedModel(['two']);
  expect(await chainModels([scriptedModel([{ kind, message: 'No.' }]), second]).complete(request, { signal })).toMatchObject({
    failure: { kind },
  });
  expect(second.requests).toEqual([]);
});
