import type { SyntaxNode } from './syntax-node';

/** Whether an unnamed child with that text is there, such as `async` or `*`. */
export function hasToken({ children }: SyntaxNode, token: string): boolean {
  for (const child of children) if (child.type === token && !child.named) return true;
  return false;
}
