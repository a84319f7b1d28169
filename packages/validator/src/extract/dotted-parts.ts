import { childInField } from '../parse/child-in-field';
import type { SyntaxNode } from '../parse/syntax-node';

/** `a`, `b`, `c` of `a.b.c`; undefined when it begins with anything but a name. */
export function dottedParts(node: SyntaxNode, text: string): readonly string[] | undefined {
  const parts: string[] = [];
  let current = node;
  while (current.type === 'attribute') {
    const name = childInField(current, 'attribute');
    const object = childInField(current, 'object');
    if (name === undefined || object === undefined) return undefined;
    parts.unshift(text.slice(name.start, name.end));
    current = object;
  }
  if (current.type !== 'identifier') return undefined;
  return [text.slice(current.start, current.end), ...parts];
}
