/** The raw answer of a model, without its thoughts. */
export interface Completion {
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly usage: Usage;
  /** What the provider says answered; undefined when it does not say. */
  readonly modelVersion: string | undefined;
}

export interface FinishReason {
  /** `other` is never a success: a word we do not know may mean anything. */
  readonly unified: 'stop' | 'length' | 'content-filter' | 'refusal' | 'other';
  /** The provider's own word. */
  readonly raw: string;
}

/** Tokens; undefined where the provider does not say. */
export interface Usage {
  /** With those read from a cache. */
  readonly inputTokens: number | undefined;
  readonly cachedInputTokens: number | undefined;
  /** With the thoughts: they are billed. */
  readonly outputTokens: number | undefined;
  readonly thoughtTokens: number | undefined;
}

export const UNKNOWN_USAGE: Usage = {
  inputTokens: undefined,
  cachedInputTokens: undefined,
  outputTokens: undefined,
  thoughtTokens: undefined,
};
