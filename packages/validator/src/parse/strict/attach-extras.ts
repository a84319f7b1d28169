import type { TreeNode } from './tree-node';

/** Puts comments and line continuations, which are in source order, into the innermost nodes whose spans hold them. */
export function attachExtras(root: TreeNode, extras: readonly TreeNode[]): void {
  const byParent = new Map<TreeNode, TreeNode[]>();
  for (const extra of extras) {
    const parent = innermostAround(root, extra);
    extra.parent = parent;
    const siblings = byParent.get(parent);
    if (siblings === undefined) byParent.set(parent, [extra]);
    else siblings.push(extra);
  }
  for (const [parent, added] of byParent) parent.children = merge(parent.children, added);
}

function innermostAround(root: TreeNode, extra: TreeNode): TreeNode {
  let node = root;
  for (;;) {
    const child = lastChildFrom(node.children, extra.start);
    if (child === undefined || child.end < extra.end || child.children.length === 0) return node;
    node = child;
  }
}

/** The last child that starts at or before the offset. */
function lastChildFrom(children: readonly TreeNode[], offset: number): TreeNode | undefined {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (children[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return children[low - 1];
}

function merge(children: readonly TreeNode[], added: readonly TreeNode[]): readonly TreeNode[] {
  const merged: TreeNode[] = [];
  let next = 0;
  for (const child of children) {
    while (next < added.length && added[next]!.start < child.start) merged.push(added[next++]!);
    merged.push(child);
  }
  while (next < added.length) merged.push(added[next++]!);
  return merged;
}
