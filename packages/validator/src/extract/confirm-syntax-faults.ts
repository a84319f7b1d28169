import type { GrammarFault } from '../parse/find-grammar-faults';
import { askRuff } from '../parse/ask-ruff';
import type { PythonVersion } from '../python/python-version';
import type { Layout } from '../scan/logical-line';
import type { SyntaxFault } from './module-summary';

interface Opinion {
  readonly layout: Layout;
  readonly grammar: readonly GrammarFault[];
  readonly version: PythonVersion;
}

/**
 * Faults that only the grammar sees are confirmed by a newer parser, or dropped: the grammar lags behind Python
 * (PEP 696 defaults, lazy imports, a lone carriage return). What the scanner sees needs no second opinion.
 */
export function confirmSyntaxFaults(faults: readonly SyntaxFault[], text: string, opinion: Opinion): readonly SyntaxFault[] {
  if (opinion.layout.faults.length > 0 || opinion.grammar.length === 0) return faults;
  const second = askRuff(text, opinion.version);
  if (second.every(({ isNewer }) => isNewer))
    return second.map(({ span, message }) => ({ span, message: olderVersions(message), certain: true }));
  return faults.map((fault) => ({ ...fault, certain: true }));
}

function olderVersions(message: string): string {
  return `${message}: write it as older versions read it, or raise requires-python.`;
}
