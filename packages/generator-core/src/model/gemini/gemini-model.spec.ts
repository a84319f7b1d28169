import { afterEach, describe, expect, test } from 'vitest';
import { geminiError, geminiQuota, type GeminiReply } from '../../testing/gemini-reply';
import { startGeminiServer, type GeminiServer } from '../../testing/gemini-server';
import type { CompletionRequest, LanguageModel } from '../language-model';
import { createGeminiModel } from './gemini-model';

let server: GeminiServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const request: CompletionRequest = {
  system: 'Write Python.',
  messages: [{ role: 'user', text: 'Say é and 🐍.' }],
  maxOutputTokens: 1000,
  thinking: 'low',
  seed: 7,
};

async function modelThat(reply: GeminiReply, { id = 'gemini-3.8-flash', timeoutMilliseconds = 5_000 } = {}): Promise<LanguageModel> {
  server = await startGeminiServer({ reply: () => reply });
  return createGeminiModel({ id, settings: { key: 'test-key', baseUrl: server.baseUrl }, timeoutMilliseconds });
}

async function complete(reply: GeminiReply, options: { id?: string; timeoutMilliseconds?: number; signal?: AbortSignal } = {}) {
  const model = await modelThat(reply, options);
  return model.complete(request, { signal: options.signal ?? new AbortController().signal });
}

test('text of several parts and events, cut in the middle of characters, without thoughts', async () => {
  const text = 'é 🐍 and the rest';
  const reply: GeminiReply = {
    kind: 'answer',
    text,
    thoughts: 'Let me think.',
    events: 3,
    bytesPerWrite: 7,
    usage: { thoughtsTokenCount: 5, cachedContentTokenCount: 40 },
  };
  expect(await complete(reply)).toEqual({
    kind: 'completed',
    completion: {
      text,
      finishReason: { unified: 'stop', raw: 'STOP' },
      usage: { inputTokens: 100, cachedInputTokens: 40, outputTokens: 10, thoughtTokens: 5 },
      modelVersion: 'loopback-1',
    },
  });
  expect(server!.completions).toEqual([
    {
      method: 'POST',
      path: '/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse',
      key: 'test-key',
      body: {
        systemInstruction: { role: 'system', parts: [{ text: 'Write Python.' }] },
        contents: [{ role: 'user', parts: [{ text: 'Say é and 🐍.' }] }],
        generationConfig: { maxOutputTokens: 1000, seed: 7, thinkingConfig: { thinkingLevel: 'low' } },
        safetySettings: [],
        tools: undefined,
      },
    },
  ]);
});

test('fields a family refuses are left out', async () => {
  await complete({ kind: 'answer', text: 'x' }, { id: 'gemini-4-argon' });
  expect(server!.completions[0]!.body!.generationConfig).toEqual({ maxOutputTokens: 1000, thinkingConfig: { thinkingLevel: 'low' } });
  await server!.close();
  await complete({ kind: 'answer', text: 'x' }, { id: 'gemini-2.5-flash' });
  expect(server!.completions[0]!.body!.generationConfig).toEqual({
    maxOutputTokens: 1000,
    seed: 7,
    thinkingConfig: { thinkingBudget: 1024 },
  });
});

describe('why it ended', () => {
  test.each([
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content-filter'],
    ['RECITATION', 'content-filter'],
    ['LANGUAGE', 'content-filter'],
    ['BLOCKLIST', 'content-filter'],
    ['PROHIBITED_CONTENT', 'content-filter'],
    ['SPII', 'content-filter'],
    ['MALFORMED_FUNCTION_CALL', 'other'],
    ['OTHER', 'other'],
    ['A_WORD_OF_NEXT_YEAR', 'other'],
  ])('%s is %s', async (raw, unified) => {
    expect(await complete({ kind: 'answer', text: 'half', finishReason: raw })).toMatchObject({
      kind: 'completed',
      completion: { text: 'half', finishReason: { unified, raw } },
    });
  });

  test('no parts at all when thoughts took all tokens', async () => {
    const events = [
      { candidates: [{ index: 0, finishReason: 'MAX_TOKENS' }], usageMetadata: { promptTokenCount: 9, thoughtsTokenCount: 1000 } },
    ];
    expect(await complete({ kind: 'events', events })).toMatchObject({
      kind: 'completed',
      completion: { text: '', finishReason: { unified: 'length' }, usage: { inputTokens: 9, outputTokens: 1000 } },
    });
  });
});

const failures: readonly (readonly [name: string, reply: GeminiReply, expected: Readonly<Record<string, unknown>>])[] = [
  [
    'a stream without an end',
    { kind: 'answer', text: 'half', finishReason: undefined },
    { kind: 'network', message: expect.stringContaining('broke off after 4 characters') },
  ],
  ['an empty stream', { kind: 'events', events: [] }, { kind: 'network' }],
  [
    'an error inside the stream',
    { kind: 'events', events: [{ error: { code: 503, message: 'overloaded', status: 'UNAVAILABLE' } }] },
    { kind: 'unavailable', status: 503 },
  ],
  ['a comment line in the stream', { kind: 'events', events: [': ping\r\n\r\n'] }, { kind: 'network' }],
  [
    'a blocked prompt',
    { kind: 'events', events: [{ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }] },
    { kind: 'blocked', message: expect.stringContaining('PROHIBITED_CONTENT') },
  ],
  [
    'a wrong key',
    geminiError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [{ reason: 'API_KEY_INVALID' }]),
    { kind: 'unauthorised', status: 400 },
  ],
  [
    'a wrong field',
    geminiError(400, 'INVALID_ARGUMENT', 'Unknown name "thinkingBudget"'),
    { kind: 'bad-request', message: expect.stringContaining('Unknown name "thinkingBudget"') },
  ],
  ['no key', geminiError(401, 'UNAUTHENTICATED', 'missing'), { kind: 'unauthorised' }],
  ['a key without rights', geminiError(403, 'PERMISSION_DENIED', 'no'), { kind: 'unauthorised' }],
  ['a model that is gone', geminiError(404, 'NOT_FOUND', 'models/x is not found'), { kind: 'model-not-found' }],
  [
    'too many calls in this minute',
    geminiQuota('GenerateRequestsPerMinutePerProjectPerModel', { retryDelay: '45.837906927s' }),
    { kind: 'rate-limited', retryAfterMilliseconds: 45_838 },
  ],
  [
    'a delay only in words',
    geminiQuota('PerMinute', { message: 'Please retry in 2.5s.' }),
    { kind: 'rate-limited', retryAfterMilliseconds: 2_500 },
  ],
  [
    'too many calls on this day',
    geminiQuota('GenerateRequestsPerDayPerProjectPerModel-FreeTier', { retryDelay: '36s' }),
    { kind: 'quota-exhausted' },
  ],
  [
    'a plan without this model',
    geminiQuota('PerMinute', { message: 'Quota exceeded, limit: 0', retryDelay: '3s' }),
    { kind: 'quota-exhausted' },
  ],
  ['an hour of delay', geminiQuota('PerMinute', { retryDelay: '3600s' }), { kind: 'quota-exhausted' }],
  ['499', geminiError(499, 'CANCELLED', ''), { kind: 'unavailable' }],
  ['500', geminiError(500, 'INTERNAL', 'internal'), { kind: 'unavailable' }],
  ['503', geminiError(503, 'UNAVAILABLE', 'overloaded'), { kind: 'unavailable' }],
  ['504', geminiError(504, 'DEADLINE_EXCEEDED', 'deadline'), { kind: 'timed-out' }],
  ['HTML of a proxy', { kind: 'status', status: 502, body: '<html>Bad gateway</html>' }, { kind: 'unavailable', status: 502 }],
  [
    'HTML of a proxy that refuses',
    { kind: 'status', status: 405, body: '<html>No</html>' },
    { kind: 'bad-request', message: expect.stringContaining('proxy') },
  ],
  ['an error in a list', { kind: 'status', status: 503, body: [{ error: { code: 503, message: 'overloaded' } }] }, { kind: 'unavailable' }],
  ['a connection cut before the answer', { kind: 'reset' }, { kind: 'network' }],
  ['a connection cut in the answer', { kind: 'reset', afterText: 'half' }, { kind: 'network' }],
];

describe('what fails has a name', () => {
  test.each(failures)('%s', async (_name, reply, expected) => {
    const outcome = await complete(reply);
    expect(outcome).toEqual({ kind: 'failed', failure: expect.objectContaining(expected) });
    expect(JSON.stringify(outcome)).not.toMatch(/test-key|127\.0\.0\.1/);
  });

  test.each([
    ['before the answer', undefined],
    ['in the answer', 'half'],
  ])('a server that says nothing %s ends with the time', async (_name, afterText) => {
    const reply: GeminiReply = afterText === undefined ? { kind: 'hang' } : { kind: 'hang', afterText };
    expect(await complete(reply, { timeoutMilliseconds: 80 })).toMatchObject({ kind: 'failed', failure: { kind: 'timed-out' } });
  });

  test('a server that drips ends with the time, too', async () => {
    const reply: GeminiReply = { kind: 'answer', text: 'x'.repeat(500), bytesPerWrite: 1, pause: 10 };
    expect(await complete(reply, { timeoutMilliseconds: 100 })).toMatchObject({ kind: 'failed', failure: { kind: 'timed-out' } });
  });
});

describe('cancelling', () => {
  test('what was cancelled before is not sent', async () => {
    expect(await complete({ kind: 'answer', text: 'x' }, { signal: AbortSignal.abort() })).toMatchObject({
      failure: { kind: 'cancelled' },
    });
    expect(server!.requests).toEqual([]);
  });

  test('a call under way ends at once', async () => {
    const controller = new AbortController();
    const outcome = complete({ kind: 'hang', afterText: 'half' }, { signal: controller.signal, timeoutMilliseconds: 60_000 });
    setTimeout(() => controller.abort(), 50);
    expect(await outcome).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled' } });
  });
});

describe('asking before anything is paid for', () => {
  test('a good key and model', async () => {
    const model = await modelThat({ kind: 'answer', text: '' });
    expect(await model.verify(new AbortController().signal)).toBeUndefined();
    expect(server!.requests.map(({ method, path, key }) => [method, path, key])).toEqual([
      ['GET', '/v1beta/models/gemini-3.8-flash', 'test-key'],
    ]);
  });

  test.each([
    [
      'a model that was shut down',
      'gemini-2.5-flash',
      geminiError(404, 'NOT_FOUND', 'gone'),
      'gemini-2.5-flash was shut down on 2026-12-01. Use --model gemini:gemini-3.8-flash.',
    ],
    [
      'a wrong key',
      'gemini-3.8-flash',
      geminiError(400, 'INVALID_ARGUMENT', 'API key not valid.'),
      'Gemini does not know this API key. Set GEMINI_API_KEY to a valid one.',
    ],
    [
      'a page of a proxy',
      'gemini-3.8-flash',
      { kind: 'status', status: 200, body: '<html>' } as GeminiReply,
      'What answered for gemini-3.8-flash is not Gemini. Check HTTPS_PROXY and GOOGLE_GEMINI_BASE_URL: a proxy may want a log-in.',
    ],
  ])('%s', async (_name, id, reply, message) => {
    server = await startGeminiServer({ reply: () => reply, describe: () => reply });
    const model = createGeminiModel({ id, settings: { key: 'test-key', baseUrl: server.baseUrl }, timeoutMilliseconds: 5_000 });
    expect(await model.verify(new AbortController().signal)).toMatchObject({ message });
  });

  test('nobody there', async () => {
    const closed = await startGeminiServer({ reply: () => ({ kind: 'hang' }) });
    await closed.close();
    const model = createGeminiModel({
      id: 'gemini-3.8-flash',
      settings: { key: 'test-key', baseUrl: closed.baseUrl },
      timeoutMilliseconds: 5_000,
    });
    expect(await model.verify(new AbortController().signal)).toEqual({
      kind: 'network',
      message: expect.stringMatching(
        /^Gemini cannot be reached: .*ECONNREFUSED.*Check the network, HTTPS_PROXY and GOOGLE_GEMINI_BASE_URL\.$/,
      ),
    });
  });

  test('tokens are counted by the provider', async () => {
    const model = await modelThat({ kind: 'answer', text: '' });
    expect(await model.countTokens(request, new AbortController().signal)).toMatchObject({ kind: 'counted', tokens: expect.any(Number) });
  });
});
