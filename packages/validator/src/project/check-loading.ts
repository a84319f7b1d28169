import type { Diagnostic } from '../diagnostics/diagnostic';
import type { LoadFailure } from '../graph/load-simulation';
import { RULES } from '../rules/registry';
import type { RuleContext } from '../rules/rule';
import { toDiagnostic } from './to-diagnostic';

/** Runs the rules about loading over the failures found in one file. */
export function checkLoading(context: RuleContext, failures: readonly LoadFailure[]): readonly Diagnostic[] {
  return RULES.flatMap((rule) => (rule.checkLoading?.(context, failures) ?? []).map((report) => toDiagnostic(rule, report, context)));
}
