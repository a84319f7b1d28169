import { createHash } from 'node:crypto';
import type { CompletionRequest } from '../language-model';

/** Names an exchange: the same request to the same model has the same hash, wherever and whenever it is made (64 hex digits). */
export function requestHash(modelId: string, { system, messages, maxOutputTokens, thinking, seed }: CompletionRequest): string {
  const canonical = JSON.stringify([
    'request-1',
    modelId,
    system,
    messages.map(({ role, text }) => [role, text]),
    maxOutputTokens,
    thinking ?? null,
    seed ?? null,
  ]);
  return createHash('sha256').update(canonical).digest('hex');
}
