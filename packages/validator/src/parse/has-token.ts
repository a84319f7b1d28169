import type { SyntaxNode } from './syntax-node';

/** Whether an unnamed child with that text is there, such as `async` or `*`. */
export function hasToken(node: SyntaxNode, token: string): boolean {
  return node.children.some((child) => !child.named && child.type === token);
}
