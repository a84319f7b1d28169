import type { SyntaxNode } from './syntax-node';

/** All children in that role (grammars repeat a field for lists). */
export function childrenInField(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.field === field && child.named);
}
