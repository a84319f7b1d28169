import type { Completion } from '../completion';
import type { CompletionRequest } from '../language-model';
import type { Exchange } from './cassette';
import { redactSecrets } from './redact-secrets';
import { requestHash } from './request-hash';

interface RecordOptions {
  readonly model: string;
  /** Values that must not be written, such as the key. */
  readonly secrets: readonly string[];
}

/** What a cassette keeps of a question and its answer: all of it, without secrets. */
export function recordExchange(request: CompletionRequest, completion: Completion, { model, secrets }: RecordOptions): Exchange {
  const clean = (text: string): string => redactSecrets(text, secrets);
  return {
    hash: requestHash(model, request),
    request: {
      ...request,
      system: clean(request.system),
      messages: request.messages.map(({ role, text }) => ({ role, text: clean(text) })),
    },
    completion: { ...completion, text: clean(completion.text) },
  };
}
