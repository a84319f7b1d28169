import type { GrammarFault } from '../parse/find-grammar-faults';
import type { Layout, LayoutFault, LogicalLine } from '../scan/logical-line';
import type { SyntaxFault } from './module-summary';

/** One cause, one fault: the layout's word counts first, then the first thing the grammar stumbled over on a line of its own. */
export function mergeSyntaxFaults(layout: Layout, grammar: readonly GrammarFault[]): readonly SyntaxFault[] {
  const fatal = layout.faults.find((fault) => fault.isFatal);
  const faults: SyntaxFault[] = firstPerLine(layout).map(({ span, message }) => ({ span, message, certain: true }));
  const taken = new Set(faults.map(({ span }) => lineAt(layout.lines, span.start)));
  for (const fault of grammar) {
    if (fatal !== undefined && fault.extent.end > fatal.span.start) continue;
    if (layout.faults.some(({ span }) => span.start >= fault.extent.start && span.start <= fault.extent.end)) continue;
    const line = lineAt(layout.lines, fault.span.start);
    if (taken.has(line) || taken.has(line - 1)) {
      taken.add(line);
      continue;
    }
    taken.add(line);
    faults.push({ span: fault.span, message: fault.message, certain: fault.certain });
  }
  return faults.sort((left, right) => left.span.start - right.span.start);
}

function firstPerLine(layout: Layout): readonly LayoutFault[] {
  const kept: LayoutFault[] = [];
  const seen = new Set<number>();
  for (const fault of layout.faults) {
    const line = lineAt(layout.lines, fault.span.start);
    if (seen.has(line) || (fault.kind === 'indentation' && seen.has(line - 1))) {
      seen.add(line);
      continue;
    }
    seen.add(line);
    kept.push(fault);
    if (fault.isFatal) break;
  }
  return kept;
}

/** Index of the last logical line that starts at or before the offset. */
function lineAt(lines: readonly LogicalLine[], offset: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
