import type { Diagnostic } from '../diagnostics/diagnostic';

/** How loud a report is about a finding: what may be no fault at all is never an error. */
export function levelOf({ severity, certainty }: Diagnostic): 'error' | 'warning' {
  return severity === 'error' && certainty === 'certain' ? 'error' : 'warning';
}
