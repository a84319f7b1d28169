import { isPart } from './is-part';
import type { SyntaxNode } from './syntax-node';

/** The last of the `namedChildren`. */
export function lastNamedChild({ children }: SyntaxNode): SyntaxNode | undefined {
  for (let index = children.length - 1; index >= 0; index -= 1) if (isPart(children[index]!)) return children[index];
  return undefined;
}
