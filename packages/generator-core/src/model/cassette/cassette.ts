import type { Completion } from '../completion';
import type { CompletionRequest } from '../language-model';

/** Recorded exchanges with one model, request included. */
export interface Cassette {
  readonly model: string;
  /** In the order of their hashes, so that files compare line by line. */
  readonly exchanges: readonly Exchange[];
}

export interface Exchange {
  /** `requestHash` of what was really sent; what is written below it may be redacted. */
  readonly hash: string;
  readonly request: CompletionRequest;
  readonly completion: Completion;
}

export type CassetteReading =
  { readonly kind: 'cassette'; readonly cassette: Cassette } | { readonly kind: 'invalid'; readonly message: string };

const FORMAT = 'fastapi-cassette/1';

export function formatCassette({ model, exchanges }: Cassette): string {
  const sorted = [...exchanges].sort((left, right) => (left.hash < right.hash ? -1 : 1));
  return `${JSON.stringify({ format: FORMAT, model, exchanges: sorted }, undefined, 2)}\n`;
}

/** `place` names the file in messages. */
export function readCassette(text: string, place: string): CassetteReading {
  const invalid = (why: string): CassetteReading => ({
    kind: 'invalid',
    message: `${place} is no cassette: ${why}. Record one with --record <file>.`,
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid('it is not JSON');
  }
  if (!isRecord(value) || value['format'] !== FORMAT) return invalid(`its format is not ${FORMAT}`);
  const { model, exchanges } = value;
  if (typeof model !== 'string' || !Array.isArray(exchanges) || !exchanges.every(isExchange))
    return invalid('an exchange in it is not whole');
  return { kind: 'cassette', cassette: { model, exchanges } };
}

function isExchange(value: unknown): value is Exchange {
  if (!isRecord(value) || typeof value['hash'] !== 'string') return false;
  const { request, completion } = value;
  return (
    isRecord(request) &&
    Array.isArray(request['messages']) &&
    isRecord(completion) &&
    typeof completion['text'] === 'string' &&
    isRecord(completion['finishReason'])
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
