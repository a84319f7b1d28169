import type { Diagnostic } from '../diagnostics/diagnostic';
import { formatConcise } from './format-concise';
import type { FormatOptions } from './format-options';
import { lineReader } from './line-reader';

/** The concise line, then the line of code with the place marked. */
export function formatFull(diagnostics: readonly Diagnostic[], { texts }: FormatOptions): string {
  const lineAt = lineReader(texts);
  return diagnostics
    .map(
      (diagnostic) =>
        `${formatConcise([diagnostic])}${codeFrame(diagnostic, lineAt(diagnostic.path, diagnostic.range.start.line))}${flowLines(diagnostic)}\n`,
    )
    .join('');
}

function codeFrame({ range }: Diagnostic, line: string | undefined): string {
  if (line === undefined) return '';
  const number = String(range.start.line);
  const margin = ' '.repeat(number.length);
  const end = range.end.line === range.start.line ? range.end.column : line.length + 1;
  const indent = line.slice(0, range.start.column - 1).replace(/[^\t]/g, ' ');
  return ` ${number} | ${line}\n ${margin} | ${indent}${'^'.repeat(Math.max(1, end - range.start.column))}\n`;
}

function flowLines({ flow = [] }: Diagnostic): string {
  return flow.map(({ path, line, column, message }, index) => `   ${index + 1}. ${path}:${line}:${column} ${message}\n`).join('');
}
