import { pythonParser } from './grammar';
import type { SyntaxNode } from './syntax-node';

/**
 * Text → light tree, in one iterative walk. The native tree is unreachable when this returns,
 * so the binding can free it at the next turn of the event loop.
 */
export function parsePython(text: string): SyntaxNode {
  const tree = pythonParser().parse(text, undefined, { bufferSize: text.length + 1 });
  const cursor = tree.walk();
  const copy = (parent: SyntaxNode | undefined): MutableNode => ({
    type: cursor.nodeType,
    named: cursor.nodeIsNamed,
    field: cursor.currentFieldName || undefined,
    start: cursor.startIndex,
    end: cursor.endIndex,
    missing: cursor.nodeIsMissing,
    parent,
    children: [],
  });
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
      parent = parent.parent as MutableNode;
    }
  }
  return root;
}

interface MutableNode extends SyntaxNode {
  readonly children: MutableNode[];
}
