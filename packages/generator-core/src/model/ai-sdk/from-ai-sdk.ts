import type { Completion, FinishReason, Usage } from '../completion';
import type { CompletionOptions, CompletionOutcome, CompletionRequest, LanguageModel } from '../language-model';
import type { ModelFailure } from '../model-failure';
import type { AiSdkCallOptions, AiSdkLanguageModel, AiSdkStreamPart } from './ai-sdk-language-model';

interface AiSdkOptions {
  readonly timeoutMilliseconds: number;
}

/** A model of one of the AI SDK's provider packages behind our own interface. */
export function fromAiSdk(model: AiSdkLanguageModel, { timeoutMilliseconds }: AiSdkOptions): LanguageModel {
  return {
    provider: model.provider,
    id: model.modelId,
    capabilities: { contextTokens: 128_000, maxOutputTokens: 32_768, price: undefined },
    verify: async () => undefined,
    countTokens: async () => ({
      kind: 'failed',
      failure: { kind: 'bad-request', message: `${model.modelId} cannot count tokens through the AI SDK: they are estimated.` },
    }),
    complete: (request, options) => completeBy(model, { request, options, timeoutMilliseconds }),
  };
}

interface Call {
  readonly request: CompletionRequest;
  readonly options: CompletionOptions;
  readonly timeoutMilliseconds: number;
}

async function completeBy(model: AiSdkLanguageModel, { request, options, timeoutMilliseconds }: Call): Promise<CompletionOutcome> {
  if (options.signal.aborted) return failed({ kind: 'cancelled', message: 'The call was cancelled.' });
  const deadline = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const { stream } = await model.doStream({ ...toCallOptions(request), abortSignal: AbortSignal.any([options.signal, deadline]) });
    return await readParts(stream, model, options);
  } catch (error) {
    if (options.signal.aborted) return failed({ kind: 'cancelled', message: 'The call was cancelled.' });
    if (deadline.aborted)
      return failed({ kind: 'timed-out', message: `${model.modelId} gave no whole answer in time. Raise --model-timeout.` });
    return failed(classifyAiSdkError(error, model.modelId));
  }
}

function failed(failure: ModelFailure): CompletionOutcome {
  return { kind: 'failed', failure };
}

function toCallOptions({ system, messages, maxOutputTokens, seed }: CompletionRequest): Omit<AiSdkCallOptions, 'abortSignal'> {
  return {
    prompt: [
      { role: 'system', content: system },
      ...messages.map(({ role, text }) => ({
        role: role === 'user' ? ('user' as const) : ('assistant' as const),
        content: [{ type: 'text' as const, text }],
      })),
    ],
    maxOutputTokens,
    ...(seed === undefined ? {} : { seed }),
  };
}

async function readParts(
  stream: ReadableStream<AiSdkStreamPart>,
  { modelId }: AiSdkLanguageModel,
  { onProgress }: CompletionOptions,
): Promise<CompletionOutcome> {
  let text = '';
  let finish: Pick<Completion, 'finishReason' | 'usage'> | undefined;
  let modelVersion: string | undefined;
  for await (const part of stream) {
    if (part.type === 'error') return failed(classifyAiSdkError(part.error, modelId));
    if (part.type === 'response-metadata') modelVersion = part.modelId ?? modelVersion;
    if (part.type === 'finish') finish = { finishReason: finishReasonOf(part.finishReason), usage: usageOf(part.usage) };
    if (part.type !== 'text-delta') continue;
    text += part.delta;
    onProgress?.(text.length);
  }
  if (finish === undefined)
    return failed({ kind: 'network', message: `The answer of ${modelId} broke off after ${text.length} characters, without a reason.` });
  return { kind: 'completed', completion: { text, ...finish, modelVersion } };
}

/** `'stop'` in version 2 of their interface, `{ unified: 'stop', raw: 'STOP' }` in version 3. */
function finishReasonOf(reason: unknown): FinishReason {
  const unified = String(isRecord(reason) ? reason['unified'] : reason);
  const raw = isRecord(reason) ? String(reason['raw'] ?? unified) : unified;
  const known = (['stop', 'length', 'content-filter'] as const).find((each) => each === unified);
  return { unified: known ?? 'other', raw };
}

/** Numbers in version 2, `{ total, cacheRead, reasoning }` in version 3. */
function usageOf(usage: unknown): Usage {
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = isRecord(usage) ? usage : {};
  const input = isRecord(inputTokens) ? inputTokens : { total: inputTokens, cacheRead: cachedInputTokens };
  const output = isRecord(outputTokens) ? outputTokens : { total: outputTokens, reasoning: reasoningTokens };
  return {
    inputTokens: numberOf(input['total']),
    cachedInputTokens: numberOf(input['cacheRead']),
    outputTokens: numberOf(output['total']),
    thoughtTokens: numberOf(output['reasoning']),
  };
}

/** Their errors carry `statusCode` and `isRetryable`; messages may quote the request, so only the first line is kept. */
function classifyAiSdkError(error: unknown, modelId: string): ModelFailure {
  const { statusCode, isRetryable } = isRecord(error) ? error : {};
  const words = (error instanceof Error ? error.message : String(error))
    .split('\n', 1)[0]!
    .replace(/https?:\/\/\S+/g, '')
    .slice(0, 300);
  const status = numberOf(statusCode);
  const said = { message: `${modelId}: ${words}`, ...(status === undefined ? {} : { status }) };
  if (status === 401 || status === 403) return { ...said, kind: 'unauthorised' };
  if (status === 404) return { ...said, kind: 'model-not-found' };
  if (status === 429) return { ...said, kind: 'rate-limited' };
  if (status === undefined) return { ...said, kind: 'network' };
  return { ...said, kind: isRetryable === true || status >= 500 ? 'unavailable' : 'bad-request' };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
