import type { GenerateContentRequest } from '@google/generative-ai';
import type { CompletionRequest } from '../language-model';
import type { GeminiFamily } from './gemini-families.data';

/** Tokens of thought where a family wants a number instead of a level. */
const THINKING_BUDGETS = { low: 1024, medium: 8192, high: 24_576 } as const;

/** Ours → Gemini's, with nothing the family refuses. The SDK passes fields on that its types do not know yet. */
export function toGeminiRequest(request: CompletionRequest, family: GeminiFamily): GenerateContentRequest {
  const generationConfig = {
    maxOutputTokens: Math.min(request.maxOutputTokens, family.capabilities.maxOutputTokens),
    ...(request.seed !== undefined && family.takesSeed ? { seed: request.seed } : {}),
    ...thinkingOf(request, family),
  };
  return {
    systemInstruction: { role: 'system', parts: [{ text: request.system }] },
    contents: request.messages.map(({ role, text }) => ({ role, parts: [{ text }] })),
    generationConfig,
  };
}

function thinkingOf({ thinking }: CompletionRequest, family: GeminiFamily): Readonly<Record<string, unknown>> {
  if (thinking === undefined || family.thinking === 'none') return {};
  return { thinkingConfig: family.thinking === 'level' ? { thinkingLevel: thinking } : { thinkingBudget: THINKING_BUDGETS[thinking] } };
}
