import { describe, expect, test } from 'vitest';
import { scriptedModel } from '../../testing/scripted-model';
import type { CompletionRequest } from '../language-model';
import { formatCassette, readCassette, type Exchange } from './cassette';
import { recordExchange } from './record-exchange';
import { createReplayModel } from './replay-model';

const signal = new AbortController().signal;
const ask = (text: string): CompletionRequest => ({
  system: 'Rules.\nMore rules.',
  messages: [{ role: 'user', text }],
  maxOutputTokens: 10,
});

async function record(texts: readonly string[], secrets: readonly string[] = []): Promise<string> {
  const exchanges: Exchange[] = [];
  const model = scriptedModel((request) => `answer to ${request.messages[0]!.text}`);
  for (const text of texts) {
    const outcome = await model.complete(ask(text), { signal });
    if (outcome.kind === 'completed') exchanges.push(recordExchange(ask(text), outcome.completion, { model: 'scripted-1', secrets }));
  }
  return formatCassette({ model: 'scripted-1', exchanges });
}

function replay(text: string): ReturnType<typeof createReplayModel> {
  const reading = readCassette(text, 'a.json');
  if (reading.kind === 'invalid') throw new Error(reading.message);
  return createReplayModel(reading.cassette);
}

test('what was recorded is given again, in any order, and nothing else', async () => {
  const model = replay(await record(['one', 'two']));
  const texts = [];
  for (const text of ['two', 'one', 'two']) {
    const outcome = await model.complete(ask(text), { signal });
    texts.push(outcome.kind === 'completed' ? outcome.completion.text : outcome.failure.message);
  }
  expect(texts).toEqual(['answer to two', 'answer to one', 'answer to two']);
});

test('a changed prompt is a miss that shows the line', async () => {
  const model = replay(await record(['Make app/a.py']));
  expect(await model.complete(ask('Make app/b.py'), { signal })).toEqual({
    kind: 'failed',
    failure: {
      kind: 'not-recorded',
      message:
        'The cassette has no answer to this request: the prompt, the spec or the model is another than when it was recorded. The nearest one differs in line 3 of 3: "Make app/a.py" then, "Make app/b.py" now. Record it again with --record.',
    },
  });
});

test('the same exchanges give the same bytes, whatever their order', async () => {
  expect(await record(['one', 'two'])).toBe(await record(['two', 'one']));
});

test('keys and homes are not written', async () => {
  const text = await record(
    ['key my-own-secret, AIzaSyA1234567890123456789012345678901, /home/ann/work, C:\\Users\\ann\\x'],
    ['my-own-secret'],
  );
  expect(text).not.toMatch(/my-own-secret|AIza|\bann\b/);
  expect(JSON.parse(text).exchanges[0].request.messages[0].text).toBe(
    'key [redacted], [redacted], /home/[redacted]/work, C:\\Users\\[redacted]\\x',
  );
});

describe('what is no cassette', () => {
  test.each([
    ['nothing', '', 'it is not JSON'],
    ['another format', '{"format":"fastapi-cassette/9"}', 'its format is not fastapi-cassette/1'],
    ['half an exchange', '{"format":"fastapi-cassette/1","model":"m","exchanges":[{"hash":"a"}]}', 'an exchange in it is not whole'],
  ])('%s', (_name, text, why) => {
    expect(readCassette(text, 'a.json')).toEqual({
      kind: 'invalid',
      message: `a.json is no cassette: ${why}. Record one with --record <file>.`,
    });
  });
});
