import type { CompletionRequest } from '../model/language-model';
import { estimateTokens } from './estimate-tokens';

/** About how many tokens a request sends. */
export function promptTokens({ system, messages }: CompletionRequest): number {
  return [system, ...messages.map(({ text }) => text)].reduce((total, text) => total + estimateTokens(text), 0);
}
