import type { SyntaxNode } from '../src/parse/syntax-node';

/** What the first two nodes that are not alike say of themselves; undefined when the trees are equal. Parents count too. */
export function firstDifference(left: SyntaxNode, right: SyntaxNode): string | undefined {
  const pending: (readonly [SyntaxNode, SyntaxNode])[] = [[left, right]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [one, other] = pair;
    if (describe(one) !== describe(other)) return `${describe(one)} against ${describe(other)}`;
    for (let index = one.children.length - 1; index >= 0; index -= 1) {
      const [child, twin] = [one.children[index]!, other.children[index]!];
      if (child.parent !== one) return `${describe(child)} has another parent than ${describe(one)}`;
      pending.push([child, twin]);
    }
  }
  return undefined;
}

function describe({ type, named, field, start, end, missing, children }: SyntaxNode): string {
  return `${field ?? ''}:${named ? type : JSON.stringify(type)}[${start}-${end}]${missing ? ' missing' : ''} of ${children.length}`;
}
