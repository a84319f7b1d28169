import type { SyntaxNode } from './syntax-node';

/** The first child in that role. */
export function childInField(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field);
}
