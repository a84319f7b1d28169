import type { SyntaxNode } from './syntax-node';

/** Named children without comments and line continuations. */
export function namedChildren(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((child) => child.named && child.type !== 'comment' && child.type !== 'line_continuation');
}
