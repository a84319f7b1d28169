import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Report, Rule, RuleContext } from '../rules/rule';

/** Adds to a report what its rule and its file know. */
export function toDiagnostic(rule: Rule, report: Report, { path, linked, lines }: RuleContext): Diagnostic {
  return {
    rule: rule.meta.id,
    severity: report.severity ?? rule.meta.severity,
    certainty: report.certainty ?? 'certain',
    path,
    ...(linked.module === undefined ? {} : { module: linked.module }),
    range: lines.range(report.span.start, report.span.end),
    message: report.message,
    ...(report.data === undefined ? {} : { data: report.data }),
    ...(report.fix === undefined
      ? {}
      : {
          fix: {
            title: report.fix.title,
            applicability: report.fix.applicability ?? 'unsafe',
            edits: report.fix.edits.map(({ span, text }) => ({ range: lines.range(span.start, span.end), text })),
          },
        }),
  };
}
