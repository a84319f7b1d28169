import type { Diagnostic } from './diagnostic';

/** The one order of diagnostics everywhere: path, place, rule, message. */
export function compareDiagnostics(left: Diagnostic, right: Diagnostic): number {
  return (
    compareText(left.path, right.path) ||
    left.range.start.offset - right.range.start.offset ||
    compareText(left.rule, right.rule) ||
    compareText(left.message, right.message)
  );
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
