import { describe, expect, test } from 'vitest';
import { systemClock } from './transport/clock';
import { openModel, type ModelWorld } from './open-model';
import type { AiSdkStreamPart } from './ai-sdk/ai-sdk-language-model';

const world: ModelWorld = {
  environment: { GEMINI_API_KEY: 'k' },
  readFile: () => undefined,
  importPackage: async () => undefined,
  today: '2026-11-24',
};

function open(choice: string, overrides: Partial<ModelWorld> = {}, prices = {}) {
  return openModel({ choice, timeoutMilliseconds: 1000, clock: systemClock, prices }, { ...world, ...overrides });
}

describe('what is opened', () => {
  test.each([
    ['gemini', 'gemini-3.8-flash', []],
    ['gemini:gemini-4-argon', 'gemini-4-argon', []],
    ['gemini:models/gemini-3.8-flash', 'gemini-3.8-flash', []],
    ['gemini:gemini-2.5-pro', 'gemini-2.5-pro', ['gemini-2.5-pro will be shut down on 2026-12-01. Move to gemini:gemini-3.8-flash.']],
    ['gemini:gemini-4-argon,gemini', 'gemini-4-argon', []],
  ])('%s', async (choice, id, warnings) => {
    expect(await open(choice)).toMatchObject({ kind: 'opened', model: { id }, warnings });
  });

  test('prices of the workspace win', async () => {
    const price = { input: 9, output: 9, cachedInput: undefined };
    expect(await open('gemini', {}, { 'gemini-3.8-flash': price })).toMatchObject({ model: { capabilities: { price } } });
  });

  test('the other name of the key', async () => {
    expect(await open('gemini', { environment: { GOOGLE_API_KEY: 'k' } })).toMatchObject({ kind: 'opened' });
  });
});

describe('what is refused, with the mend', () => {
  test.each<[string, Partial<ModelWorld>, string]>([
    [
      'gemini',
      { environment: {} },
      'No key for Gemini: set GEMINI_API_KEY (or GOOGLE_API_KEY), or leave --model out to let the templates write everything.',
    ],
    [
      'gemini',
      { environment: { GEMINI_API_KEY: 'a b' } },
      'GEMINI_API_KEY has characters no key has (a space, a line break, a quotation mark of a word processor). Copy it again.',
    ],
    [
      'gemini',
      { environment: { GEMINI_API_KEY: 'k', GOOGLE_GEMINI_BASE_URL: 'localhost' } },
      'GOOGLE_GEMINI_BASE_URL is no address: write it with http:// or https://.',
    ],
    ['gemini-3.8-flash', {}, '--model names the provider first: --model gemini:gemini-3.8-flash.'],
    ['gpt', {}, '--model "gpt" is none of gemini, gemini:<id>, ai-sdk:<package>:<id>, replay:<file>.'],
    ['ai-sdk:openai', {}, 'ai-sdk: wants a package and a model: --model ai-sdk:@ai-sdk/openai:<id>.'],
    ['ai-sdk:@ai-sdk/openai:gpt-5', {}, '@ai-sdk/openai is not installed in this workspace. Install it: npm install -D @ai-sdk/openai.'],
    [
      'ai-sdk:lodash:x',
      { importPackage: async () => ({}) },
      'lodash exports no provider `lodash` that makes language models. Is it a provider package of the AI SDK?',
    ],
    ['replay:', {}, 'replay: wants a file: --model replay:<file>.'],
    ['replay:a.json', {}, 'There is no cassette at a.json. Record one with --record a.json.'],
    ['replay:a.json', { readFile: () => '' }, 'a.json is no cassette: it is not JSON. Record one with --record <file>.'],
  ])('%s', async (choice, overrides, message) => {
    expect(await open(choice, overrides)).toEqual({ kind: 'refused', message });
  });
});

describe('the AI SDK', () => {
  const request = { system: 'Rules.', messages: [{ role: 'user' as const, text: 'Hello' }], maxOutputTokens: 10 };
  const signal = new AbortController().signal;

  async function complete(parts: readonly AiSdkStreamPart[], seen: unknown[] = []) {
    const openaiCompatible = (modelId: string) => ({
      specificationVersion: 'v3',
      provider: 'openai',
      modelId,
      doStream: async (options: unknown) => {
        seen.push(options);
        return { stream: ReadableStream.from(parts) };
      },
    });
    const opening = await open('ai-sdk:@ai-sdk/openai-compatible:some', { importPackage: async () => ({ openaiCompatible }) });
    if (opening.kind === 'refused') throw new Error(opening.message);
    return opening.model.complete(request, { signal });
  }

  test('version 3 of their interface', async () => {
    const seen: unknown[] = [];
    const outcome = await complete(
      [
        { type: 'response-metadata', modelId: 'some-1' },
        { type: 'text-delta', delta: 'a' },
        { type: 'text-delta', delta: 'b' },
        {
          type: 'finish',
          finishReason: { unified: 'length', raw: 'max' },
          usage: { inputTokens: { total: 5, cacheRead: 2 }, outputTokens: { total: 3, reasoning: 1 } },
        },
      ],
      seen,
    );
    expect(outcome).toEqual({
      kind: 'completed',
      completion: {
        text: 'ab',
        finishReason: { unified: 'length', raw: 'max' },
        usage: { inputTokens: 5, cachedInputTokens: 2, outputTokens: 3, thoughtTokens: 1 },
        modelVersion: 'some-1',
      },
    });
    expect(seen).toEqual([
      {
        prompt: [
          { role: 'system', content: 'Rules.' },
          { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
        ],
        maxOutputTokens: 10,
        abortSignal: expect.any(AbortSignal),
      },
    ]);
  });

  test('version 2, with words nobody knows', async () => {
    expect(await complete([{ type: 'finish', finishReason: 'tool-calls', usage: { inputTokens: 5 } }])).toMatchObject({
      completion: { text: '', finishReason: { unified: 'other', raw: 'tool-calls' }, usage: { inputTokens: 5, outputTokens: undefined } },
    });
  });

  test.each([
    [{ statusCode: 401, message: 'no' }, 'unauthorised'],
    [{ statusCode: 404 }, 'model-not-found'],
    [{ statusCode: 400 }, 'bad-request'],
  ])('an error part %j', async (error, kind) => {
    expect(await complete([{ type: 'error', error }])).toMatchObject({ kind: 'failed', failure: { kind } });
  });
});
