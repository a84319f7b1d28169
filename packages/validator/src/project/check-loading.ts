import type { Diagnostic } from '../diagnostics/diagnostic';
import type { LoadFailure } from '../graph/load-simulation';
import type { Rule, RuleContext } from '../rules/rule';
import { toDiagnostic } from './to-diagnostic';

/** Runs those of these rules that are about loading over the failures found in one file. */
export function checkLoading(context: RuleContext, failures: readonly LoadFailure[], asked: readonly Rule[]): readonly Diagnostic[] {
  return asked.flatMap((rule) => (rule.checkLoading?.(context, failures) ?? []).map((report) => toDiagnostic(rule, report, context)));
}
