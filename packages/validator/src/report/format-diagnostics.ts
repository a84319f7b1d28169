import type { Diagnostic } from '../diagnostics/diagnostic';
import type { FormatOptions } from './format-options';
import { FORMATTERS, type DiagnosticFormat } from './formatters';

export const DIAGNOSTIC_FORMATS: readonly DiagnosticFormat[] = [...FORMATTERS.keys()];

/** Diagnostics as text. Ends with a line break unless empty. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], format: DiagnosticFormat, options: FormatOptions = {}): string {
  return FORMATTERS.get(format)!(diagnostics, options);
}
