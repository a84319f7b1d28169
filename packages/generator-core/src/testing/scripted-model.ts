import { UNKNOWN_USAGE } from '../model/completion';
import type { CompletionOutcome, CompletionRequest, LanguageModel } from '../model/language-model';
import type { ModelFailure } from '../model/model-failure';

export interface ScriptedModel extends LanguageModel {
  /** What it was asked, in order. */
  readonly requests: readonly CompletionRequest[];
}

/** A text is a completion that ended as it should. */
export type ScriptedReply = string | CompletionOutcome | ModelFailure;

/** A model that gives what the script says; `index` counts calls from 0. */
export function scriptedModel(
  script: readonly ScriptedReply[] | ((request: CompletionRequest, index: number) => ScriptedReply | Promise<ScriptedReply>),
  overrides: Partial<LanguageModel> = {},
): ScriptedModel {
  const requests: CompletionRequest[] = [];
  return {
    provider: 'scripted',
    id: 'scripted-1',
    capabilities: { contextTokens: 1_048_576, maxOutputTokens: 65_536, price: { input: 1, output: 5, cachedInput: 0.1 } },
    verify: async () => undefined,
    countTokens: async () => ({ kind: 'counted', tokens: 100 }),
    ...overrides,
    requests,
    complete: async (request) => {
      const index = requests.push(request) - 1;
      const reply = typeof script === 'function' ? await script(request, index) : script[index];
      if (reply === undefined) throw new Error(`The script has no answer ${index}.`);
      return toOutcome(reply);
    },
  };
}

function toOutcome(reply: ScriptedReply): CompletionOutcome {
  if (typeof reply !== 'string') return 'message' in reply ? { kind: 'failed', failure: reply } : reply;
  const usage = { ...UNKNOWN_USAGE, inputTokens: 1000, outputTokens: Math.ceil(reply.length / 4) };
  return { kind: 'completed', completion: { text: reply, finishReason: { unified: 'stop', raw: 'STOP' }, usage, modelVersion: undefined } };
}
