/** Why a call gave no completion. */
export type FailureKind =
  /** No key, a wrong key, or a key that may not use this model. */
  | 'unauthorised'
  /** No such model, or it was shut down. */
  | 'model-not-found'
  /** The provider does not take the request as it is. */
  | 'bad-request'
  /** Too many calls or tokens for now: waiting helps. */
  | 'rate-limited'
  /** The quota of the day or of the plan is used up: waiting within a run does not help. */
  | 'quota-exhausted'
  /** The provider has a fault of its own. */
  | 'unavailable'
  /** The connection failed, or broke while the answer came. */
  | 'network'
  | 'timed-out'
  | 'cancelled'
  /** The provider refuses to answer this prompt. */
  | 'blocked'
  /** A cassette has no answer to this very request. */
  | 'not-recorded'
  /** The run has spent what it may spend. */
  | 'over-budget';

export interface ModelFailure {
  readonly kind: FailureKind;
  /** What, why and what to do, on one line, without key or address. */
  readonly message: string;
  /** How long the provider asks to wait; undefined when it does not say. */
  readonly retryAfterMilliseconds?: number;
  /** The HTTP status, when there was one. */
  readonly status?: number;
}

/** Whether the same call can succeed later in the same run. */
export function isRetryable({ kind }: ModelFailure): boolean {
  return kind === 'rate-limited' || kind === 'unavailable' || kind === 'network' || kind === 'timed-out';
}
