import { isPart } from './is-part';
import type { SyntaxNode } from './syntax-node';

/** The first of the `namedChildren`. */
export function firstNamedChild({ children }: SyntaxNode): SyntaxNode | undefined {
  for (const child of children) if (isPart(child)) return child;
  return undefined;
}
