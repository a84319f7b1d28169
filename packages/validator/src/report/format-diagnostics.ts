import type { Diagnostic } from '../diagnostics/diagnostic';
import { formatConcise } from './format-concise';
import { formatFull } from './format-full';
import { formatJson } from './format-json';

export const DIAGNOSTIC_FORMATS = ['concise', 'full', 'json'] as const;
export type DiagnosticFormat = (typeof DIAGNOSTIC_FORMATS)[number];

export interface FormatOptions {
  /** Path → text, for the code frames of `full`. */
  readonly texts?: ReadonlyMap<string, string>;
}

/** Diagnostics as text, in the order given. Ends with a line break unless empty. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], format: DiagnosticFormat, options: FormatOptions = {}): string {
  switch (format) {
    case 'concise':
      return formatConcise(diagnostics);
    case 'full':
      return formatFull(diagnostics, options.texts ?? new Map());
    case 'json':
      return formatJson(diagnostics);
  }
}
