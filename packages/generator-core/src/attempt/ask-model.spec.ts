import { expect, test } from 'vitest';
import { Budget } from '../budget/budget';
import { chainModels } from '../model/chain-models';
import type { Completion } from '../model/completion';
import type { CompletionRequest, LanguageModel } from '../model/language-model';
import { CallLimiter } from '../model/transport/call-limiter';
import { scriptedModel } from '../testing/scripted-model';
import { askModel, type AskingModel } from './ask-model';

const request: CompletionRequest = { system: '', messages: [{ role: 'user', text: 'x' }], maxOutputTokens: 10 };

function askingWith(model: LanguageModel, journal: Map<string, Completion>): AskingModel {
  return {
    model,
    journal: { find: (hash) => journal.get(hash), append: ({ hash, completion }) => void journal.set(hash, completion) },
    budget: new Budget({ limits: {}, price: () => undefined, now: () => 0 }),
    limiter: new CallLimiter(1),
    signal: new AbortController().signal,
    now: () => 0,
  };
}

test('what a fallback answered is found again by the next run, which asks the first model first', async () => {
  const journal = new Map<string, Completion>();
  const first = scriptedModel([{ kind: 'quota-exhausted', message: 'Over.' }], { id: 'first' });
  const answer = await askModel('a.py', { request }, askingWith(chainModels([first, scriptedModel(['two'], { id: 'second' })]), journal));
  const next = chainModels([scriptedModel([], { id: 'first' }), scriptedModel([], { id: 'second' })]);
  const again = await askModel('a.py', { request }, askingWith(next, journal));
  expect([answer, again]).toMatchObject([
    { kind: 'answered', completion: { text: 'two' }, paid: { outputTokens: 1 } },
    { kind: 'answered', completion: { text: 'two' }, paid: undefined },
  ]);
});
