import type { CompletionOutcome, LanguageModel } from '../language-model';
import { isRetryable, type ModelFailure } from '../model-failure';
import type { Clock } from './clock';
import { retryDelay } from './retry-delay';

export interface RetryOptions {
  readonly clock: Clock;
  /** Calls for one completion, the first included. */
  readonly attempts?: number;
  /** Failures in a row, over all completions, after which the provider is left alone for good. */
  readonly breakAfter?: number;
  readonly onRetry?: (failure: ModelFailure, waitMilliseconds: number) => void;
}

/**
 * The same model with patience: waits as long as the provider asks, or longer each time with jitter, and gives up on
 * failures that waiting does not mend. When call after call fails, it stops asking (a circuit breaker that stays open for the run).
 */
export function withRetries(model: LanguageModel, options: RetryOptions): LanguageModel {
  const { clock, attempts = 5, breakAfter = 12, onRetry } = options;
  let failuresInARow = 0;
  const complete: LanguageModel['complete'] = async (request, completionOptions) => {
    for (let attempt = 1; ; attempt += 1) {
      if (failuresInARow >= breakAfter) return failed(brokenOff(model, failuresInARow));
      const outcome = await model.complete(request, completionOptions);
      if (outcome.kind === 'completed') {
        failuresInARow = 0;
        return outcome;
      }
      if (!isRetryable(outcome.failure)) return outcome;
      failuresInARow += 1;
      if (attempt >= attempts) return failed(exhausted(outcome.failure, attempt));
      const wait = retryDelay(outcome.failure, attempt, clock.random());
      onRetry?.(outcome.failure, wait);
      await clock.sleep(wait, completionOptions.signal);
      if (completionOptions.signal.aborted) return failed({ kind: 'cancelled', message: 'The call was cancelled.' });
    }
  };
  return { ...model, complete };
}

function failed(failure: ModelFailure): CompletionOutcome {
  return { kind: 'failed', failure };
}

function exhausted(failure: ModelFailure, attempts: number): ModelFailure {
  return attempts === 1 ? failure : { ...failure, message: `${failure.message} So it went ${attempts} times.` };
}

function brokenOff({ id }: LanguageModel, failures: number): ModelFailure {
  return {
    kind: 'unavailable',
    message: `${id} failed ${failures} times in a row and is not asked again in this run. Run the same command later: what was answered is kept.`,
  };
}
