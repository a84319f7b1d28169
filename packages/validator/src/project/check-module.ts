import type { Diagnostic } from '../diagnostics/diagnostic';
import { RULES } from '../rules/registry';
import type { RuleContext } from '../rules/rule';
import { syntaxError } from '../rules/syntax-error';
import { toDiagnostic } from './to-diagnostic';

/** Runs the rules over one file. A file that does not parse gets syntax errors only: anything else would be a consequence. */
export function checkModule(context: RuleContext): readonly Diagnostic[] {
  const rules = context.summary.syntaxFaults.length > 0 ? [syntaxError] : RULES;
  return rules.flatMap((rule) => rule.check(context).map((report) => toDiagnostic(rule, report, context)));
}
