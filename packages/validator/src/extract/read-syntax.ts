import { findGrammarFaults } from '../parse/find-grammar-faults';
import { parseWithGrammar } from '../parse/parse-with-grammar';
import { parseStrictly } from '../parse/strict/parse-strictly';
import type { SyntaxNode } from '../parse/syntax-node';
import type { PythonVersion } from '../python/python-version';
import { scanLayout } from '../scan/scan-layout';
import { confirmSyntaxFaults } from './confirm-syntax-faults';
import { mergeSyntaxFaults } from './merge-syntax-faults';
import type { SyntaxFault } from './module-summary';

export interface Syntax {
  readonly root: SyntaxNode;
  readonly faults: readonly SyntaxFault[];
  /** The tree has holes: what is not in it may be in the text. */
  readonly isBroken: boolean;
}

/** Text → tree and faults. What the strict parser takes has none, so that only the rest is scanned and asked about. */
export function readSyntax(text: string, version: PythonVersion): Syntax {
  const strict = parseStrictly(text);
  if (strict !== undefined) return { root: strict, faults: [], isBroken: false };
  const layout = scanLayout(text);
  const root = parseWithGrammar(text);
  const grammar = findGrammarFaults(root, text);
  const faults = confirmSyntaxFaults(mergeSyntaxFaults(layout, grammar), text, { layout, grammar, version });
  return { root, faults, isBroken: faults.length > 0 || grammar.length > 0 };
}
