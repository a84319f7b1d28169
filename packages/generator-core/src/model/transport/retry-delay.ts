import type { ModelFailure } from '../model-failure';

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

/**
 * Milliseconds to wait before the next attempt (`attempt` counts from 1; `chance` from 0 to below 1).
 * What the provider asks for is kept to, with up to 10 % on top so that many callers do not come back at once;
 * otherwise full jitter over a doubling span.
 */
export function retryDelay({ retryAfterMilliseconds }: ModelFailure, attempt: number, chance: number): number {
  if (retryAfterMilliseconds !== undefined) return Math.ceil(retryAfterMilliseconds * (1 + chance / 10));
  const span = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));
  return Math.ceil(span / 2 + (span / 2) * chance);
}
