import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Rule, RuleContext } from '../rules/rule';
import { syntaxError } from '../rules/syntax-error';
import { toDiagnostic } from './to-diagnostic';

/** Runs those rules over one file. A file that does not parse gets syntax errors only: anything else would be a consequence. */
export function checkModule(context: RuleContext, asked: readonly Rule[]): readonly Diagnostic[] {
  const rules = context.summary.syntaxFaults.length > 0 ? asked.filter((rule) => rule === syntaxError) : asked;
  return rules.flatMap((rule) => rule.check(context).map((report) => toDiagnostic(rule, report, context)));
}
