import type { SyntaxNode } from './syntax-node';

/** The first child in that role. */
export function childInField({ children }: SyntaxNode, field: string): SyntaxNode | undefined {
  for (let index = 0; index < children.length; index += 1) {
    if (children[index]!.field === field) return children[index];
  }
  return undefined;
}
