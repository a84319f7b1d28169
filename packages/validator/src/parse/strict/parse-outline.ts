import type { SyntaxNode } from '../syntax-node';
import { OutlineParser } from './outline-parser';

/**
 * Text → the tree of what runs while the module loads. A function's body is passed over, unread, unless a word in it
 * says that it may matter to other modules; it is an empty `block` then. Undefined when the rest is not certainly Python:
 * what stands in the bodies is not judged.
 */
export function parseOutline(text: string): SyntaxNode | undefined {
  return new OutlineParser(text).parse();
}
