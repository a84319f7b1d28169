import type { SyntaxNode } from '../syntax-node';

/** The one shape of every node, whichever parser made it. Writable only while the tree is being built. */
export class TreeNode implements SyntaxNode {
  field: string | undefined;
  parent: TreeNode | undefined;

  constructor(
    public type: string,
    readonly named: boolean,
    public start: number,
    public end: number,
    public children: readonly TreeNode[],
    readonly missing: boolean = false,
  ) {
    this.field = undefined;
    this.parent = undefined;
  }
}

export const NO_CHILDREN: readonly TreeNode[] = [];

/** A node over its children, which get it as their parent. */
export function branch(type: string, children: readonly TreeNode[], named = true): TreeNode {
  const node = new TreeNode(type, named, children[0]!.start, children[children.length - 1]!.end, children);
  for (let index = 0; index < children.length; index += 1) children[index]!.parent = node;
  return node;
}

export function inField(field: string, node: TreeNode): TreeNode {
  node.field = field;
  return node;
}
