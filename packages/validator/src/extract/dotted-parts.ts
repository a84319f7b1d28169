import { childInField } from '../parse/child-in-field';
import type { SyntaxNode } from '../parse/syntax-node';
import type { FactCollector } from './fact-collector';

/** `a`, `b`, `c` of `a.b.c`; undefined when it begins with anything but a name. */
export function dottedParts(node: SyntaxNode, facts: FactCollector): readonly string[] | undefined {
  const parts: string[] = [];
  let current = node;
  while (current.type === 'attribute') {
    const name = childInField(current, 'attribute');
    const object = childInField(current, 'object');
    if (name === undefined || object === undefined) return undefined;
    parts.push(facts.nameOf(name));
    current = object;
  }
  if (current.type !== 'identifier') return undefined;
  parts.push(facts.nameOf(current));
  return parts.reverse();
}
