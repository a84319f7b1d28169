import { geminiError, geminiQuota, type GeminiReply } from '../../src/testing/gemini-reply';
import { counterOperation } from '../../src/testing/counter';

export interface Fault {
  readonly name: string;
  readonly reply: GeminiReply;
}

const fenced = `\`\`\`python\n${counterOperation}\`\`\`\n`;
const half = fenced.slice(0, fenced.length / 2);

function ended(word: string): Fault {
  return { name: `finish reason ${word}`, reply: { kind: 'answer', text: half, finishReason: word } };
}

function status(code: number, word: string, message: string): Fault {
  return { name: `${code} ${word}`, reply: geminiError(code, word, message) };
}

function blocked(blockReason: string): Fault {
  return { name: `prompt blocked, ${blockReason}`, reply: { kind: 'events', events: [{ promptFeedback: { blockReason } }] } };
}

const retryIn = (delay: string) => ({ retryDelay: delay });

/** What a Gemini can do to a client: odd but right answers first, then every way to go wrong that is known. */
export const faults: readonly Fault[] = [
  { name: 'nothing: one event', reply: { kind: 'answer', text: fenced } },
  { name: 'nothing: thoughts before the text', reply: { kind: 'answer', text: fenced, thoughts: '```python\nwrong = 1\n```' } },
  { name: 'nothing: many events of several parts', reply: { kind: 'answer', text: fenced, events: 9 } },
  { name: 'nothing: cut within characters and JSON', reply: { kind: 'answer', text: fenced, bytesPerWrite: 5 } },
  { name: 'nothing: a slow drip', reply: { kind: 'answer', text: fenced, bytesPerWrite: 200, pause: 2 } },
  { name: 'prose around the code', reply: { kind: 'answer', text: `Here you are:\n\n${fenced}\nThis adds to the value.` } },
  { name: 'no finish reason', reply: { kind: 'answer', text: fenced, finishReason: undefined } },
  ...[
    'MAX_TOKENS',
    'SAFETY',
    'RECITATION',
    'LANGUAGE',
    'BLOCKLIST',
    'PROHIBITED_CONTENT',
    'SPII',
    'MALFORMED_FUNCTION_CALL',
    'OTHER',
    'A_WORD_OF_NEXT_YEAR',
  ].map(ended),
  {
    name: 'MAX_TOKENS, and thoughts took them all',
    reply: {
      kind: 'events',
      events: [{ candidates: [{ index: 0, finishReason: 'MAX_TOKENS' }], usageMetadata: { promptTokenCount: 9, thoughtsTokenCount: 900 } }],
    },
  },
  ...['SAFETY', 'OTHER', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'IMAGE_SAFETY'].map(blocked),
  { name: 'an empty stream', reply: { kind: 'events', events: [] } },
  { name: 'a comment line in the stream', reply: { kind: 'events', events: [': ping\r\n\r\n'] } },
  { name: 'JSON that is none', reply: { kind: 'events', events: ['data: {"candidates": [\r\n\r\n'] } },
  {
    name: 'an error within the stream',
    reply: { kind: 'events', events: [{ error: { code: 503, message: 'overloaded', status: 'UNAVAILABLE' } }] },
  },
  {
    name: '400 a key that is not valid',
    reply: geminiError(400, 'INVALID_ARGUMENT', 'API key not valid.', [{ reason: 'API_KEY_INVALID' }]),
  },
  status(400, 'INVALID_ARGUMENT', 'Unknown name "thinkingBudget"'),
  status(401, 'UNAUTHENTICATED', 'missing credentials'),
  status(403, 'PERMISSION_DENIED', 'no'),
  status(404, 'NOT_FOUND', 'models/gemini-3.8-flash is not found'),
  { name: '429 for this minute', reply: geminiQuota('GenerateRequestsPerMinutePerProjectPerModel', retryIn('7s')) },
  { name: '429 with fractions of a second', reply: geminiQuota('GenerateRequestsPerMinutePerProjectPerModel', retryIn('0.25s')) },
  { name: '429 without a delay', reply: geminiQuota('GenerateRequestsPerMinutePerProjectPerModel') },
  { name: '429 for this day', reply: geminiQuota('GenerateRequestsPerDayPerProjectPerModel', retryIn('9s')) },
  {
    name: '429 limit: 0',
    reply: geminiQuota('GenerateRequestsPerMinutePerProjectPerModel', { message: 'Quota exceeded, limit: 0', retryDelay: '9s' }),
  },
  status(499, 'CANCELLED', 'cancelled'),
  status(500, 'INTERNAL', 'internal'),
  status(503, 'UNAVAILABLE', 'overloaded'),
  status(504, 'DEADLINE_EXCEEDED', 'too late'),
  { name: '502 of a proxy, HTML', reply: { kind: 'status', status: 502, body: '<html>Bad gateway</html>' } },
  { name: '407 of a proxy', reply: { kind: 'status', status: 407, body: '<html>Proxy authentication required</html>' } },
  { name: '200 with a log-in page', reply: { kind: 'status', status: 200, body: '<html>Log in</html>' } },
  {
    name: 'an error within an array',
    reply: { kind: 'status', status: 503, body: [{ error: { code: 503, message: 'overloaded', status: 'UNAVAILABLE' } }] },
  },
  { name: 'reset before anything', reply: { kind: 'reset' } },
  { name: 'reset within the text', reply: { kind: 'reset', afterText: half } },
  { name: 'silence', reply: { kind: 'hang' } },
  { name: 'silence within the text', reply: { kind: 'hang', afterText: half } },
];
