import type { LanguageModel } from '../language-model';
import type { Exchange } from './cassette';
import { redactSecrets } from './redact-secrets';
import { requestHash } from './request-hash';

interface RecordOptions {
  /** Values that must not be written, such as the key. */
  readonly secrets: readonly string[];
  readonly onExchange: (exchange: Exchange) => void;
}

/** The same model; each answer is also handed to `onExchange`, without secrets. */
export function recordModel(model: LanguageModel, { secrets, onExchange }: RecordOptions): LanguageModel {
  const clean = (text: string): string => redactSecrets(text, secrets);
  return {
    ...model,
    complete: async (request, options) => {
      const outcome = await model.complete(request, options);
      if (outcome.kind === 'completed') {
        onExchange({
          hash: requestHash(model.id, request),
          request: {
            ...request,
            system: clean(request.system),
            messages: request.messages.map(({ role, text }) => ({ role, text: clean(text) })),
          },
          completion: { ...outcome.completion, text: clean(outcome.completion.text) },
        });
      }
      return outcome;
    },
  };
}
