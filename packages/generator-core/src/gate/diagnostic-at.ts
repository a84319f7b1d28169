import type { Diagnostic } from '@org/validator';

/** A certain error of a gate at the beginning of a line. */
export function diagnosticAt(path: string, line: number, rule: string, message: string): Diagnostic {
  const start = { line, column: 1, offset: 0 };
  return { rule, severity: 'error', certainty: 'certain', path, range: { start, end: start }, message };
}
