import type { SyntaxNode } from '../parse/syntax-node';
import type { FactCollector } from './fact-collector';
import { moduleContext, type WalkContext } from './walk-context';

/** A walk over a tree in source order and without recursion: whoever handles a node names what is visited below it. */
export class Walk {
  /** What surrounds the node that is handled now. */
  context: WalkContext;
  private readonly nodes: SyntaxNode[] = [];
  private readonly contexts: WalkContext[] = [];
  /** Where the nodes begin that were named since the last `take`: the first of them comes next. */
  private mark = 0;

  constructor(readonly facts: FactCollector) {
    this.context = moduleContext(facts.moduleScope);
  }

  /** The next node to handle; its surroundings become `context`. */
  take(): SyntaxNode | undefined {
    this.turnRound();
    const node = this.nodes.pop();
    if (node !== undefined) this.context = this.contexts.pop()!;
    this.mark = this.nodes.length;
    return node;
  }

  /** Names a node that is to be visited. A leaf other than a name says nothing to anybody. */
  visit(node: SyntaxNode, context: WalkContext = this.context): void {
    if (node.children.length === 0 && node.type !== 'identifier') return;
    this.nodes.push(node);
    this.contexts.push(context);
  }

  visitChildren({ children }: SyntaxNode, context: WalkContext = this.context): void {
    for (const child of children) if (child.named) this.visit(child, context);
  }

  private turnRound(): void {
    const { nodes, contexts } = this;
    for (let low = this.mark, high = nodes.length - 1; low < high; low += 1, high -= 1) {
      const node = nodes[low]!;
      const context = contexts[low]!;
      nodes[low] = nodes[high]!;
      contexts[low] = contexts[high]!;
      nodes[high] = node;
      contexts[high] = context;
    }
  }
}
