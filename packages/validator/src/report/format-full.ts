import type { Diagnostic } from '../diagnostics/diagnostic';
import { formatConcise } from './format-concise';

/** The concise line, then the line of code with the place marked. */
export function formatFull(diagnostics: readonly Diagnostic[], texts: ReadonlyMap<string, string>): string {
  return diagnostics.map((diagnostic) => `${formatConcise([diagnostic])}${codeFrame(diagnostic, texts.get(diagnostic.path))}\n`).join('');
}

function codeFrame({ range }: Diagnostic, text: string | undefined): string {
  const line = text?.split(/\r\n|\n|\r/)[range.start.line - 1];
  if (line === undefined) return '';
  const number = String(range.start.line);
  const margin = ' '.repeat(number.length);
  const end = range.end.line === range.start.line ? range.end.column : line.length + 1;
  const indent = line.slice(0, range.start.column - 1).replace(/[^\t]/g, ' ');
  return ` ${number} | ${line}\n ${margin} | ${indent}${'^'.repeat(Math.max(1, end - range.start.column))}\n`;
}
