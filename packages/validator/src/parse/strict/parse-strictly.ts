import type { SyntaxNode } from '../syntax-node';
import { ModuleParser } from './module-parser';

/**
 * Text → the very tree the grammar would make of it; undefined for all that is not certainly Python,
 * and for the little that is but that the grammar reads in a way of its own. Only `type(a).b = c` is read otherwise, as Python does.
 */
export function parseStrictly(text: string): SyntaxNode | undefined {
  return new ModuleParser(text).parse();
}
