import type { Diagnostic } from '../diagnostics/diagnostic';

/** For readers that cut a list: certain errors first; findings of one weight keep their order. */
export function sortWorstFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((left, right) => weightOf(left) - weightOf(right));
}

function weightOf({ severity, certainty }: Diagnostic): number {
  return (certainty === 'certain' ? 0 : 2) + (severity === 'error' ? 0 : 1);
}
