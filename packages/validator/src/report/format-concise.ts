import type { Diagnostic } from '../diagnostics/diagnostic';

/** `path:line:column: rule message`, one line each; findings that do not block say so. */
export function formatConcise(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${conciseLine(diagnostic)}\n`).join('');
}

function conciseLine({ path, range, rule, certainty, message }: Diagnostic): string {
  const note = certainty === 'possible' ? ' (possible)' : '';
  return `${path}:${range.start.line}:${range.start.column}: ${rule}${note} ${message.replace(/\s*\n\s*/g, ' ')}`;
}
