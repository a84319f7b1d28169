import { UNKNOWN_USAGE, type Completion, type FinishReason, type Usage } from '../completion';

/** What one event of the stream may hold; everything is optional because the wire says so. */
export interface GeminiEvent {
  readonly candidates?: readonly {
    readonly content?: { readonly parts?: readonly { readonly text?: string; readonly thought?: boolean }[] };
    readonly finishReason?: string;
    readonly finishMessage?: string;
  }[];
  readonly promptFeedback?: { readonly blockReason?: string; readonly blockReasonMessage?: string };
  readonly usageMetadata?: {
    readonly promptTokenCount?: number;
    readonly cachedContentTokenCount?: number;
    readonly candidatesTokenCount?: number;
    readonly thoughtsTokenCount?: number;
  };
  readonly modelVersion?: string;
  /** Some streams report a fault in the middle, with status 200. */
  readonly error?: unknown;
}

export type GeminiAnswer =
  | { readonly kind: 'answered'; readonly completion: Completion }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'error-event'; readonly error: unknown }
  /** The stream ended and nobody said why: the text may be cut anywhere. */
  | { readonly kind: 'unfinished'; readonly characters: number };

/** Takes the events of one stream, in order, and says what they came to. */
export class GeminiAnswerReader {
  private text = '';
  private usage: Usage = UNKNOWN_USAGE;
  private finish: FinishReason | undefined;
  private modelVersion: string | undefined;
  private blocked: string | undefined;
  private error: unknown;

  get characters(): number {
    return this.text.length;
  }

  add(event: GeminiEvent): void {
    if (event.error !== undefined) this.error = event.error;
    const candidate = event.candidates?.[0];
    for (const { text, thought } of candidate?.content?.parts ?? []) if (thought !== true) this.text += text ?? '';
    if (candidate?.finishReason !== undefined)
      this.finish = { unified: unifiedReason(candidate.finishReason), raw: candidate.finishReason };
    if (event.promptFeedback?.blockReason !== undefined) this.blocked = event.promptFeedback.blockReason;
    if (event.usageMetadata !== undefined) this.usage = readUsage(event.usageMetadata);
    this.modelVersion = event.modelVersion ?? this.modelVersion;
  }

  end(): GeminiAnswer {
    if (this.error !== undefined) return { kind: 'error-event', error: this.error };
    if (this.blocked !== undefined) return { kind: 'blocked', reason: this.blocked };
    if (this.finish === undefined) return { kind: 'unfinished', characters: this.text.length };
    const { text, finish: finishReason, usage, modelVersion } = this;
    return { kind: 'answered', completion: { text, finishReason, usage, modelVersion } };
  }
}

const FILTERED = new Set(['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'IMAGE_SAFETY', 'LANGUAGE']);

function unifiedReason(raw: string): FinishReason['unified'] {
  if (raw === 'STOP') return 'stop';
  if (raw === 'MAX_TOKENS') return 'length';
  return FILTERED.has(raw) ? 'content-filter' : 'other';
}

/** Counts are cumulative: the last event has the whole. Gemini counts thoughts apart and bills them as output. */
function readUsage(counts: NonNullable<GeminiEvent['usageMetadata']>): Usage {
  const { promptTokenCount, cachedContentTokenCount, candidatesTokenCount, thoughtsTokenCount } = counts;
  const output =
    candidatesTokenCount === undefined && thoughtsTokenCount === undefined
      ? undefined
      : (candidatesTokenCount ?? 0) + (thoughtsTokenCount ?? 0);
  return {
    inputTokens: promptTokenCount,
    cachedInputTokens: cachedContentTokenCount,
    outputTokens: output,
    thoughtTokens: thoughtsTokenCount,
  };
}
