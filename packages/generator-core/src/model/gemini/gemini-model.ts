import { GoogleGenerativeAI, type GenerativeModel, type SingleRequestOptions } from '@google/generative-ai';
import type { CompletionOptions, CompletionOutcome, LanguageModel, TokenCount } from '../language-model';
import type { ModelFailure } from '../model-failure';
import { classifyGeminiError } from './classify-gemini-error';
import { GeminiAnswerReader, type GeminiAnswer, type GeminiEvent } from './gemini-answer';
import { geminiErrorOf } from './gemini-error-of';
import { geminiFamilyOf } from './gemini-family-of';
import type { GeminiSettings } from './gemini-settings';
import { toGeminiRequest } from './to-gemini-request';
import { verifyGemini } from './verify-gemini';

interface GeminiModelOptions {
  readonly id: string;
  readonly settings: GeminiSettings;
  /** The longest time one call may take, from its beginning to the last character (milliseconds). */
  readonly timeoutMilliseconds: number;
}

/**
 * Gemini by the SDK that the project names, of which only `generateContentStream().stream` and `countTokens` are used: its own timeout,
 * text helper and aggregate response lose the process's end, thoughts, truncations and parts of the text.
 */
export function createGeminiModel({ id, settings, timeoutMilliseconds }: GeminiModelOptions): LanguageModel {
  const family = geminiFamilyOf(id);
  const sdk = new GoogleGenerativeAI(settings.key).getGenerativeModel({ model: id });
  const address: SingleRequestOptions = settings.baseUrl === undefined ? {} : { baseUrl: settings.baseUrl };
  const withDeadline = <Value>(signal: AbortSignal, call: (signal: AbortSignal) => Promise<Value>) =>
    callWithDeadline({ signal, timeoutMilliseconds, modelId: id }, call);
  return {
    provider: 'gcp.gemini',
    id,
    capabilities: family.capabilities,
    verify: (signal) => verifyGemini({ id, settings, signal }),
    complete: async (request, options) => {
      const body = toGeminiRequest(request, family);
      const outcome = await withDeadline(options.signal, (signal) => readStream(sdk, body, { ...address, signal }, options));
      return outcome.kind === 'failed' ? outcome : toOutcome(outcome.value, id);
    },
    countTokens: async (request, signal): Promise<TokenCount> => {
      const { contents, systemInstruction } = toGeminiRequest(request, family);
      const counted = { generateContentRequest: { model: `models/${id}`, contents, systemInstruction } };
      const outcome = await withDeadline(signal, (inner) => sdk.countTokens(counted as never, { ...address, signal: inner }));
      return outcome.kind === 'failed' ? outcome : { kind: 'counted', tokens: outcome.value.totalTokens };
    },
  };
}

async function readStream(
  sdk: GenerativeModel,
  body: ReturnType<typeof toGeminiRequest>,
  options: SingleRequestOptions,
  { onProgress }: CompletionOptions,
): Promise<GeminiAnswer> {
  const { stream, response } = await sdk.generateContentStream(body, options);
  // The aggregate is never used, but its rejection would end the process.
  response.catch(() => undefined);
  const reader = new GeminiAnswerReader();
  for await (const event of stream) {
    reader.add(event as unknown as GeminiEvent);
    onProgress?.(reader.characters);
  }
  return reader.end();
}

interface Deadline {
  readonly signal: AbortSignal;
  readonly timeoutMilliseconds: number;
  readonly modelId: string;
}

type CallOutcome<Value> = { readonly kind: 'done'; readonly value: Value } | { readonly kind: 'failed'; readonly failure: ModelFailure };

/** Ends the call when the caller or the clock says so, whatever the SDK makes of its signal, and leaves no timer behind. */
async function callWithDeadline<Value>(
  { signal, timeoutMilliseconds, modelId }: Deadline,
  call: (signal: AbortSignal) => Promise<Value>,
): Promise<CallOutcome<Value>> {
  if (signal.aborted) return { kind: 'failed', failure: CANCELLED };
  const controller = new AbortController();
  let ended: ModelFailure | undefined;
  const end = (failure: ModelFailure) => {
    ended ??= failure;
    controller.abort();
  };
  const cancel = () => end(CANCELLED);
  const timer = setTimeout(() => end(timedOut(modelId, timeoutMilliseconds)), timeoutMilliseconds);
  signal.addEventListener('abort', cancel, { once: true });
  const stopped = new Promise<never>((_resolve, reject) =>
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason)),
  );
  try {
    return { kind: 'done', value: await Promise.race([call(controller.signal), stopped]) };
  } catch (error) {
    return { kind: 'failed', failure: ended ?? classifyGeminiError(geminiErrorOf(error), modelId) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}

const CANCELLED: ModelFailure = { kind: 'cancelled', message: 'The call was cancelled.' };

function timedOut(modelId: string, milliseconds: number): ModelFailure {
  return {
    kind: 'timed-out',
    message: `${modelId} gave no whole answer within ${Math.round(milliseconds / 1000)} s. Raise --model-timeout, or choose a faster model.`,
  };
}

function toOutcome(answer: GeminiAnswer, modelId: string): CompletionOutcome {
  switch (answer.kind) {
    case 'answered':
      return { kind: 'completed', completion: answer.completion };
    case 'blocked':
      return {
        kind: 'failed',
        failure: {
          kind: 'blocked',
          message: `Gemini refuses to answer this prompt (${answer.reason}). Look for words in the spec that its filters take amiss.`,
        },
      };
    case 'error-event':
      return { kind: 'failed', failure: classifyGeminiError(geminiErrorOf(answer.error), modelId) };
    case 'unfinished':
      return {
        kind: 'failed',
        failure: {
          kind: 'network',
          message: `The answer of ${modelId} broke off after ${answer.characters} characters, without a reason.`,
        },
      };
  }
}
