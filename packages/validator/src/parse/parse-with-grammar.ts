import { pythonParser } from './grammar';
import { TreeNode } from './strict/tree-node';
import type { SyntaxNode } from './syntax-node';

/**
 * Text → light tree by the grammar, in one iterative walk. The native tree is unreachable when this returns,
 * so the binding can free it at the next turn of the event loop.
 */
export function parseWithGrammar(text: string): SyntaxNode {
  const tree = pythonParser().parse(text, undefined, { bufferSize: text.length + 1 });
  const cursor = tree.walk();
  const copy = (parent: TreeNode | undefined): GrowingNode => {
    const { nodeType, nodeIsNamed, nodeIsMissing, startIndex, endIndex } = cursor;
    const node = new TreeNode(nodeType, nodeIsNamed, startIndex, endIndex, [], nodeIsMissing) as GrowingNode;
    node.field = cursor.currentFieldName || undefined;
    node.parent = parent;
    return node;
  };
  const root = copy(undefined);
  let parent = root;
  let isDone = !cursor.gotoFirstChild();
  while (!isDone) {
    const node = copy(parent);
    parent.children.push(node);
    if (cursor.gotoFirstChild()) {
      parent = node;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent() || parent.parent === undefined) {
        isDone = true;
        break;
      }
      parent = parent.parent as GrowingNode;
    }
  }
  return root;
}

interface GrowingNode extends TreeNode {
  readonly children: TreeNode[];
}
