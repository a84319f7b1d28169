import { estimateTokens } from '../context/estimate-tokens';
import { promptTokens } from '../context/prompt-tokens';
import type { Budget } from '../budget/budget';
import type { Journal } from '../journal/journal';
import { requestHash } from '../model/cassette/request-hash';
import { UNKNOWN_USAGE, type Completion, type Usage } from '../model/completion';
import type { CompletionRequest, LanguageModel } from '../model/language-model';
import type { ModelFailure } from '../model/model-failure';
import type { CallLimiter } from '../model/transport/call-limiter';

export interface AskingModel {
  readonly model: LanguageModel;
  readonly journal: Journal;
  readonly budget: Budget;
  readonly limiter: CallLimiter;
  readonly signal: AbortSignal;
  /** Milliseconds of a clock; how long answers take is told by it. */
  readonly now: () => number;
  readonly onProgress?: (path: string, characters: number) => void;
  /** Told of every answer, paid for or remembered. */
  readonly onAnswer?: (request: CompletionRequest, completion: Completion) => void;
}

export type Answer =
  | {
      readonly kind: 'answered';
      readonly completion: Completion;
      /** Undefined when the journal had it: nothing was paid. */
      readonly paid: Usage | undefined;
      readonly milliseconds: number;
    }
  | { readonly kind: 'failed'; readonly failure: ModelFailure; readonly milliseconds: number };

export interface Asked {
  readonly request: CompletionRequest;
  /** What its answer is kept under in the journal; the request itself unless given. */
  readonly remembered?: CompletionRequest;
}

/** Asks for one artifact: from the journal if it was answered before, else within the budget and the bound on calls in flight. */
export async function askModel(path: string, { request, remembered = request }: Asked, asking: AskingModel): Promise<Answer> {
  const hash = requestHash(asking.model.id, remembered);
  const known = asking.journal.find(hash);
  const answer: Answer =
    known === undefined
      ? await asking.limiter.run(() => askNow({ path, hash, request }, asking))
      : { kind: 'answered', completion: known, paid: undefined, milliseconds: 0 };
  if (answer.kind === 'answered') asking.onAnswer?.(request, answer.completion);
  return answer;
}

interface Question {
  readonly path: string;
  /** Of the request to the model that was asked first: a fallback may answer, and the next run asks the first again. */
  readonly hash: string;
  readonly request: CompletionRequest;
}

async function askNow(
  { path, hash, request }: Question,
  { model, journal, budget, signal, now, onProgress }: AskingModel,
): Promise<Answer> {
  const expected = expectedUsage(request);
  const refusal = budget.reserve(expected);
  if (refusal !== undefined)
    return { kind: 'failed', milliseconds: 0, failure: { kind: 'over-budget', message: `The budget of the run is spent: ${refusal}.` } };
  const start = now();
  let used: Usage | undefined;
  try {
    const outcome = await model.complete(request, { signal, onProgress: (characters) => onProgress?.(path, characters) });
    if (outcome.kind === 'failed') return { ...outcome, milliseconds: now() - start };
    const { completion } = outcome;
    used = withEstimates(completion.usage, expected, completion);
    journal.append({ hash, path, completion });
    return { kind: 'answered', completion, paid: used, milliseconds: now() - start };
  } finally {
    budget.settle(expected, used);
  }
}

/** Before a call nobody knows how long the answer is: as long as it may be. */
function expectedUsage(request: CompletionRequest): Usage {
  return { ...UNKNOWN_USAGE, inputTokens: promptTokens(request), outputTokens: request.maxOutputTokens };
}

/** A provider that counts nothing must not look free. */
function withEstimates(usage: Usage, expected: Usage, { text }: Completion): Usage {
  return { ...usage, inputTokens: usage.inputTokens ?? expected.inputTokens, outputTokens: usage.outputTokens ?? estimateTokens(text) };
}
