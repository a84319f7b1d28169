import type { SyntaxNode } from './syntax-node';

/** All children in that role (grammars repeat a field for lists). */
export function childrenInField({ children }: SyntaxNode, field: string): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const child of children) if (child.field === field && child.named) found.push(child);
  return found;
}
