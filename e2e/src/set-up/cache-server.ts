import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Nx's self-hosted cache protocol on 127.0.0.1, as small as it can be: one immutable entry for each hash, a token that may write and one
 * that may only read. Source: https://nx.dev/docs/guides/tasks--caching/self-hosted-caching
 */
export interface CacheServer {
  readonly url: string;
  readonly writeToken: string;
  readonly readToken: string;
  /** Hash → what was stored first. */
  readonly entries: ReadonlyMap<string, Buffer>;
  /** Method, hash and status of each request since the last call. */
  readonly takeRequests: () => readonly CacheRequest[];
  /** While it is blind nothing is found, as for two that look at the same time. */
  readonly setBlind: (isBlind: boolean) => void;
  readonly stop: () => Promise<void>;
}

export interface CacheRequest {
  readonly method: string;
  readonly hash: string;
  readonly status: number;
}

const writeToken = 'may-write';
const readToken = 'may-read';

export async function startCacheServer(): Promise<CacheServer> {
  const entries = new Map<string, Buffer>();
  const requests: CacheRequest[] = [];
  let isBlind = false;
  const server = createServer((request, response) => {
    const hash = /^\/v1\/cache\/(\w+)$/.exec(request.url ?? '')?.[1];
    const method = request.method ?? '';
    void readBody(request).then((body) => {
      const [status, answer] =
        hash === undefined
          ? [404, 'not a cache address']
          : answerTo({ method, hash, body, token: tokenOf(request) }, isBlind && method === 'GET' ? new Map() : entries);
      requests.push({ method, hash: hash ?? '', status });
      send(response, status, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    writeToken,
    readToken,
    entries,
    takeRequests: () => requests.splice(0),
    setBlind: (blind) => void (isBlind = blind),
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

interface Question {
  readonly method: string;
  readonly hash: string;
  readonly body: Buffer;
  readonly token: string;
}

function answerTo({ method, hash, body, token }: Question, entries: Map<string, Buffer>): readonly [status: number, body: Buffer | string] {
  if (token !== writeToken && token !== readToken) return [401, 'this token is not known'];
  if (method === 'GET') {
    const entry = entries.get(hash);
    return entry === undefined ? [404, 'nothing is stored for this hash'] : [200, entry];
  }
  if (token !== writeToken) return [403, 'this token may only read'];
  if (entries.has(hash)) return [409, 'what is stored is never replaced'];
  entries.set(hash, body);
  return [200, ''];
}

function tokenOf(request: IncomingMessage): string {
  return (request.headers.authorization ?? '').replace(/^Bearer /, '');
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: Buffer | string): void {
  response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/octet-stream' }).end(body);
}
