import { MOST_FRESH_TRIES, MOST_REPAIRS } from '../attempt/decide-next-step';
import { costOf } from '../budget/cost-of';
import { estimateTokens } from '../context/estimate-tokens';
import { promptTokens } from '../context/prompt-tokens';
import { UNKNOWN_USAGE } from '../model/completion';
import type { CompletionRequest, ModelPrice } from '../model/language-model';

/** What a run will come to when every answer is right at once, and the most calls it can take. */
export interface RunEstimate {
  readonly calls: number;
  readonly mostCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; undefined when the price is not known. */
  readonly cost: number | undefined;
}

interface EstimateSource {
  readonly requests: readonly { readonly request: CompletionRequest; readonly templateText: string }[];
  readonly price: ModelPrice | undefined;
}

/** Thoughts are billed as output: they are taken to be as long as the file. */
const OUTPUT_FACTOR = 2;

/** An answer is taken to be as long as the template's file. Makes no call. */
export function estimateModelRun({ requests, price }: EstimateSource): RunEstimate {
  const inputTokens = requests.reduce((total, { request }) => total + promptTokens(request), 0);
  const outputTokens = requests.reduce((total, { templateText }) => total + OUTPUT_FACTOR * estimateTokens(templateText), 0);
  const mostPerFile = (1 + MOST_REPAIRS) * (1 + MOST_FRESH_TRIES);
  return {
    calls: requests.length,
    mostCalls: requests.length * mostPerFile,
    inputTokens,
    outputTokens,
    cost: costOf({ ...UNKNOWN_USAGE, inputTokens, outputTokens }, price),
  };
}
