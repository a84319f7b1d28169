import { isPart } from './is-part';
import type { SyntaxNode } from './syntax-node';

/** Named children without comments and line continuations. */
export function namedChildren({ children }: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const child of children) if (isPart(child)) found.push(child);
  return found;
}
