import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { FactCollector } from './fact-collector';
import type { AttributeUse } from './module-summary';
import type { NameUse } from './name-use';

type Attributes = AttributeUse['attributes'];

const NONE: Attributes = [];

/** `b` and `c` of `a.b.c`, as far as they are read. */
export function attributesOf({ dotted, isWritten }: NameUse, facts: FactCollector): Attributes {
  if (dotted === undefined) return NONE;
  const nodes = dotted.type === 'attribute' ? attributeNodes(dotted) : namedChildren(dotted).slice(1);
  const read = isWritten ? nodes.slice(0, -1) : nodes;
  return read.map((node) => ({ name: facts.nameOf(node), span: { start: node.start, end: node.end } }));
}

function attributeNodes(dotted: SyntaxNode): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  for (let node = dotted; node.type === 'attribute'; node = childInField(node, 'object') ?? node.children[0]!) {
    const name = childInField(node, 'attribute');
    if (name !== undefined) nodes.push(name);
  }
  return nodes.reverse();
}
