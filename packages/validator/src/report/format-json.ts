import type { Diagnostic } from '../diagnostics/diagnostic';

/** A stable document for programs; keys always in this order. */
export function formatJson(diagnostics: readonly Diagnostic[]): string {
  const count = (certainty: Diagnostic['certainty']): number =>
    diagnostics.filter((diagnostic) => diagnostic.certainty === certainty).length;
  const document = {
    version: 1,
    summary: {
      total: diagnostics.length,
      certain: count('certain'),
      possible: count('possible'),
      files: new Set(diagnostics.map(({ path }) => path)).size,
    },
    diagnostics: diagnostics.map(toRecord),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function toRecord({
  rule,
  severity,
  certainty,
  path,
  range,
  message,
  module,
  data,
  fix,
  flow,
}: Diagnostic): Readonly<Record<string, unknown>> {
  return {
    rule,
    severity,
    certainty,
    path,
    line: range.start.line,
    column: range.start.column,
    endLine: range.end.line,
    endColumn: range.end.column,
    message,
    module: module ?? null,
    ...(data === undefined ? {} : { data }),
    ...(fix === undefined ? {} : { fix }),
    ...(flow === undefined ? {} : { flow }),
  };
}
