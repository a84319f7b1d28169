/** The part of the AI SDK's `LanguageModelV2`/`V3` that is used, typed by its shape: no package of theirs is a dependency. */
export interface AiSdkLanguageModel {
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  readonly doStream: (options: AiSdkCallOptions) => PromiseLike<{ readonly stream: ReadableStream<AiSdkStreamPart> }>;
}

export interface AiSdkCallOptions {
  readonly prompt: readonly (
    | { readonly role: 'system'; readonly content: string }
    | { readonly role: 'user' | 'assistant'; readonly content: readonly { readonly type: 'text'; readonly text: string }[] }
  )[];
  readonly maxOutputTokens: number;
  readonly seed?: number;
  readonly abortSignal: AbortSignal;
}

export type AiSdkStreamPart =
  | { readonly type: 'text-delta'; readonly delta: string }
  | { readonly type: 'finish'; readonly finishReason: unknown; readonly usage: unknown }
  | { readonly type: 'error'; readonly error: unknown }
  | { readonly type: 'response-metadata'; readonly modelId?: string }
  | { readonly type: 'other' };
