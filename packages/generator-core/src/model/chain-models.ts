import type { LanguageModel } from './language-model';
import type { ModelFailure } from './model-failure';

interface ChainOptions {
  /** Told when the chain moves on; a provider left behind is not asked again. */
  readonly onFallback?: (left: LanguageModel, next: LanguageModel, failure: ModelFailure) => void;
}

/** Failures of the provider, not of the prompt: another provider may do better. */
function endsProvider({ kind }: ModelFailure): boolean {
  return kind !== 'cancelled' && kind !== 'blocked' && kind !== 'bad-request' && kind !== 'not-recorded' && kind !== 'over-budget';
}

/** The first model that still works; each failure that ends a provider moves on to the next for the rest of the run. */
export function chainModels(models: readonly [LanguageModel, ...LanguageModel[]], { onFallback }: ChainOptions = {}): LanguageModel {
  let current = 0;
  const currentModel = (): LanguageModel => models[current]!;
  return {
    get provider() {
      return currentModel().provider;
    },
    get id() {
      return currentModel().id;
    },
    get capabilities() {
      return currentModel().capabilities;
    },
    verify: (signal) => currentModel().verify(signal),
    countTokens: (request, signal) => currentModel().countTokens(request, signal),
    complete: async (request, options) => {
      for (;;) {
        const model = currentModel();
        const outcome = await model.complete(request, options);
        if (outcome.kind === 'completed' || !endsProvider(outcome.failure)) return outcome;
        const next = models[models.indexOf(model) + 1];
        if (next === undefined) return outcome;
        // Several calls may fail at once: only the first moves the chain on.
        if (currentModel() === model) {
          current += 1;
          onFallback?.(model, next, outcome.failure);
        }
      }
    },
  };
}
