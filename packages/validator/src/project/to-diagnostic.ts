import type { Diagnostic, FlowPlace } from '../diagnostics/diagnostic';
import type { Report, Rule, RuleContext } from '../rules/rule';
import type { LineIndex } from '../text/line-index';

/** Adds to a report what its rule and its file know. */
export function toDiagnostic(
  rule: Rule,
  report: Report,
  { path, linked, lines }: RuleContext,
  linesOf: (path: string) => LineIndex = () => lines,
): Diagnostic {
  return {
    rule: rule.meta.id,
    severity: report.severity ?? rule.meta.severity,
    certainty: report.certainty ?? 'certain',
    path,
    ...(linked.module === undefined ? {} : { module: linked.module }),
    range: lines.range(report.span.start, report.span.end),
    message: report.message,
    ...(report.data === undefined ? {} : { data: report.data }),
    ...(report.flow === undefined ? {} : { flow: report.flow.map((step) => toFlowPlace(step, linesOf(step.path))) }),
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

function toFlowPlace({ path, span, message }: NonNullable<Report['flow']>[number], lines: LineIndex): FlowPlace {
  const { start, end } = lines.range(span.start, span.end);
  return { path, line: start.line, column: start.column, endLine: end.line, endColumn: end.column, message };
}
