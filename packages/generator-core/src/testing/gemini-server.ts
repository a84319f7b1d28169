import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GeminiReply } from './gemini-reply';

/** One request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  /** Parsed; undefined for a request without a body. */
  readonly body: GeminiRequestBody | undefined;
}

export interface GeminiRequestBody {
  readonly systemInstruction?: { readonly parts: readonly { readonly text: string }[] };
  readonly contents: readonly { readonly role: string; readonly parts: readonly { readonly text: string }[] }[];
  readonly generationConfig?: Readonly<Record<string, unknown>>;
}

export interface GeminiServer {
  /** For GOOGLE_GEMINI_BASE_URL. */
  readonly baseUrl: string;
  /** Completions asked for, in the order of arrival. */
  readonly completions: readonly SeenRequest[];
  readonly requests: readonly SeenRequest[];
  /** The most completions that were under way at the same time. */
  readonly peak: () => number;
  readonly close: () => Promise<void>;
}

interface GeminiServerOptions {
  /** What to do with a completion; `index` counts completions from 0. */
  readonly reply: (request: SeenRequest, index: number) => GeminiReply | Promise<GeminiReply>;
  /** What to answer when somebody asks for the model's description. */
  readonly describe?: (request: SeenRequest) => GeminiReply;
}

/** A Gemini on loopback that speaks the protocol (v1beta) and does what it is told, faults of every kind included. */
export async function startGeminiServer({ reply, describe }: GeminiServerOptions): Promise<GeminiServer> {
  const requests: SeenRequest[] = [];
  const completions: SeenRequest[] = [];
  let underWay = 0;
  let peak = 0;
  const server = createServer(async (message, response) => {
    const request = await readRequest(message);
    requests.push(request);
    if (request.method === 'GET') return play(describe?.(request) ?? modelDescription(request), response);
    if (request.path.includes(':countTokens'))
      return play({ kind: 'status', status: 200, body: { totalTokens: countTokens(request) } }, response);
    const index = completions.push(request) - 1;
    underWay += 1;
    peak = Math.max(peak, underWay);
    response.on('close', () => (underWay -= 1));
    await play(await reply(request, index), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, requests, completions, peak: () => peak, close: () => closeServer(server) };
}

async function readRequest(message: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const key = message.headers['x-goog-api-key'];
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    key: Array.isArray(key) ? key[0] : key,
    body: text === '' ? undefined : (JSON.parse(text) as GeminiRequestBody),
  };
}

function modelDescription({ path }: SeenRequest): GeminiReply {
  return {
    kind: 'status',
    status: 200,
    body: { name: path.replace(/^.*\/v1beta\//, ''), inputTokenLimit: 1_048_576, outputTokenLimit: 65_536 },
  };
}

/** About four characters a token: enough for a stand-in. */
function countTokens({ body }: SeenRequest): number {
  return Math.ceil(JSON.stringify(body ?? '').length / 4);
}

async function play(reply: GeminiReply, response: ServerResponse): Promise<void> {
  switch (reply.kind) {
    case 'status': {
      const isText = typeof reply.body === 'string';
      response.writeHead(reply.status, { 'content-type': reply.contentType ?? (isText ? 'text/html' : 'application/json') });
      response.end(isText ? reply.body : JSON.stringify(reply.body));
      return;
    }
    case 'events':
      beginStream(response);
      response.end(reply.events.map((event) => (typeof event === 'string' ? event : toEvent(event))).join(''));
      return;
    case 'answer':
      return playAnswer(reply, response);
    case 'reset':
    case 'hang':
      if (reply.afterText !== undefined) {
        beginStream(response);
        response.write(toEvent({ candidates: [{ content: { role: 'model', parts: [{ text: reply.afterText }] }, index: 0 }] }));
        await pause(20);
      }
      if (reply.kind === 'reset') response.socket?.destroy();
  }
}

type Answer = Extract<GeminiReply, { kind: 'answer' }>;

async function playAnswer(answer: Answer, response: ServerResponse): Promise<void> {
  if (answer.delay !== undefined) await pause(answer.delay);
  beginStream(response);
  const bytes = Buffer.from(eventsOf(answer).map(toEvent).join(''), 'utf8');
  const size = answer.bytesPerWrite ?? bytes.length;
  for (let start = 0; start < bytes.length && !response.destroyed; start += size) {
    response.write(bytes.subarray(start, start + size));
    if (answer.pause !== undefined) await pause(answer.pause);
    else if (size < bytes.length) await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}

function eventsOf(answer: Answer): readonly object[] {
  const { text, thoughts, events = 1, usage } = answer;
  const finishReason = 'finishReason' in answer ? answer.finishReason : 'STOP';
  const length = Math.max(1, Math.ceil(text.length / events));
  const pieces = Array.from({ length: events }, (_, index) => text.slice(index * length, (index + 1) * length));
  const counts = {
    promptTokenCount: 100,
    candidatesTokenCount: Math.ceil(text.length / 4),
    totalTokenCount: 100 + Math.ceil(text.length / 4),
    ...usage,
  };
  return [
    ...(thoughts === undefined
      ? []
      : [{ candidates: [{ content: { role: 'model', parts: [{ text: thoughts, thought: true }] }, index: 0 }] }]),
    ...pieces.map((piece, index) => ({
      candidates: [
        {
          content: { role: 'model', parts: partsOf(piece) },
          index: 0,
          ...(index === pieces.length - 1 && finishReason !== undefined ? { finishReason } : {}),
        },
      ],
      usageMetadata: counts,
      modelVersion: 'loopback-1',
    })),
  ];
}

function partsOf(piece: string): readonly { readonly text: string }[] {
  const half = piece.length >> 1;
  return piece.length < 2 ? [{ text: piece }] : [{ text: piece.slice(0, half) }, { text: piece.slice(half) }];
}

function beginStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

function toEvent(event: object): string {
  return `data: ${JSON.stringify(event)}\r\n\r\n`;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
