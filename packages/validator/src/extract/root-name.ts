import { childInField } from '../parse/child-in-field';
import type { SyntaxNode } from '../parse/syntax-node';

/** `a` of `a.b.c`; undefined when it begins with anything but a name. */
export function rootName(dotted: SyntaxNode): SyntaxNode | undefined {
  let node: SyntaxNode | undefined = dotted;
  while (node?.type === 'attribute') node = childInField(node, 'object');
  return node?.type === 'identifier' ? node : undefined;
}
