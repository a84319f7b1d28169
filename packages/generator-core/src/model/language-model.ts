import type { Completion } from './completion';
import type { ModelFailure } from './model-failure';

/** What is sent to a model. Same request, same bytes on the wire: cassettes and prompt caches rest on it. */
export interface CompletionRequest {
  /** Rules of the house; the same for all artifacts of a run, so that prompt caches hit. */
  readonly system: string;
  /** Ends with a message of the user. */
  readonly messages: readonly { readonly role: 'user' | 'model'; readonly text: string }[];
  /** Thoughts and answer together. */
  readonly maxOutputTokens: number;
  readonly thinking?: 'low' | 'medium' | 'high';
  readonly seed?: number;
}

export interface CompletionOptions {
  /** Aborting it ends the call at once, also before it began. */
  readonly signal: AbortSignal;
  /** Called as text arrives, with the number of characters so far. */
  readonly onProgress?: (characters: number) => void;
}

/** Expected failure is a value; only a fault of our own throws. */
export type CompletionOutcome =
  { readonly kind: 'completed'; readonly completion: Completion } | { readonly kind: 'failed'; readonly failure: ModelFailure };

export type TokenCount =
  { readonly kind: 'counted'; readonly tokens: number } | { readonly kind: 'failed'; readonly failure: ModelFailure };

/** What a model takes and what it costs. */
export interface ModelCapabilities {
  /** Prompt and answer together, in tokens. */
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** US dollars per million tokens; undefined where nobody told us. */
  readonly price: ModelPrice | undefined;
}

export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  readonly cachedInput: number | undefined;
}

/** One model of one provider. Makes one attempt per call; `withRetries` adds patience. */
export interface LanguageModel {
  /** As OpenTelemetry names it: `gcp.gemini`. */
  readonly provider: string;
  readonly id: string;
  readonly capabilities: ModelCapabilities;
  /** Whether the key, the address and the model are good, before anything is paid for. Undefined: they are. */
  readonly verify: (signal: AbortSignal) => Promise<ModelFailure | undefined>;
  readonly complete: (request: CompletionRequest, options: CompletionOptions) => Promise<CompletionOutcome>;
  readonly countTokens: (request: CompletionRequest, signal: AbortSignal) => Promise<TokenCount>;
}
