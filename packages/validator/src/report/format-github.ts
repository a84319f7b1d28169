import type { Diagnostic } from '../diagnostics/diagnostic';
import { levelOf } from './level-of';
import { sortWorstFirst } from './sort-worst-first';

/** Workflow commands that GitHub shows as annotations. It shows about ten of a kind in a step, so the worst come first. */
export function formatGithub(diagnostics: readonly Diagnostic[]): string {
  return sortWorstFirst(diagnostics)
    .map((diagnostic) => `${workflowCommand(diagnostic)}\n`)
    .join('');
}

function workflowCommand(diagnostic: Diagnostic): string {
  const { path, range, rule, certainty, message } = diagnostic;
  const { start, end } = range;
  // GitHub refuses columns of a range that spans lines.
  const columns = start.line === end.line ? [`col=${start.column}`, `endColumn=${end.column}`] : [];
  const title = certainty === 'possible' ? `${rule} (possible)` : rule;
  const properties = [
    `file=${escapeProperty(path)}`,
    `line=${start.line}`,
    `endLine=${end.line}`,
    ...columns,
    `title=${escapeProperty(title)}`,
  ];
  return `::${levelOf(diagnostic)} ${properties.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
