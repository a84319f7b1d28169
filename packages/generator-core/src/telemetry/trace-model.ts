import type { CompletionOutcome, CompletionRequest, LanguageModel } from '../model/language-model';
import { CLIENT, ERROR, inSpan, type TraceSpan, type TraceValue, type TracingApi } from './tracing';

interface TraceOptions {
  readonly api: TracingApi;
  readonly version: string;
}

/**
 * The same model; each call is a span by OpenTelemetry's conventions for generative AI (status: development, as of November 2026):
 * name, provider, model, limits, tokens, why it ended. Never what was sent or answered.
 */
export function traceModel(model: LanguageModel, { api, version }: TraceOptions): LanguageModel {
  const tracer = api.trace.getTracer('@org/fastapi', version);
  return Object.assign(Object.create(model) as LanguageModel, {
    complete: (request: CompletionRequest, options: Parameters<LanguageModel['complete']>[1]) => {
      const span = tracer.startSpan(`chat ${model.id}`, { kind: CLIENT, attributes: requestAttributes(model, request) });
      return inSpan(api, span, async () => {
        const outcome = await model.complete(request, options);
        noteOutcome(span, outcome);
        return outcome;
      });
    },
  });
}

function requestAttributes(
  { provider, id }: LanguageModel,
  { maxOutputTokens, seed }: CompletionRequest,
): Readonly<Record<string, TraceValue>> {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': provider,
    'gen_ai.request.model': id,
    'gen_ai.request.max_tokens': maxOutputTokens,
    'gen_ai.output.type': 'text',
    ...(seed === undefined ? {} : { 'gen_ai.request.seed': seed }),
  };
}

function noteOutcome(span: TraceSpan, outcome: CompletionOutcome): void {
  if (outcome.kind === 'failed') {
    span.setAttribute('error.type', outcome.failure.kind);
    span.setStatus({ code: ERROR, message: outcome.failure.message });
    return;
  }
  const { finishReason, usage, modelVersion } = outcome.completion;
  span.setAttribute('gen_ai.response.finish_reasons', [finishReason.raw]);
  if (modelVersion !== undefined) span.setAttribute('gen_ai.response.model', modelVersion);
  if (usage.inputTokens !== undefined) span.setAttribute('gen_ai.usage.input_tokens', usage.inputTokens);
  if (usage.outputTokens !== undefined) span.setAttribute('gen_ai.usage.output_tokens', usage.outputTokens);
}
