import type { Usage } from '../model/completion';
import type { ModelPrice } from '../model/language-model';

/** US dollars for what was used; undefined when the price or the use is not known. What came from a cache costs less where the provider says so. */
export function costOf({ inputTokens, cachedInputTokens = 0, outputTokens }: Usage, price: ModelPrice | undefined): number | undefined {
  if (price === undefined || inputTokens === undefined || outputTokens === undefined) return undefined;
  const cached = cachedInputTokens * (price.cachedInput ?? price.input);
  return ((inputTokens - cachedInputTokens) * price.input + cached + outputTokens * price.output) / 1_000_000;
}
