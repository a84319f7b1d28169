import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { NodeHandler, NodeHandlers } from './node-handlers';
import type { WalkContext } from './walk-context';

/** Patterns of `match`: a bare name captures, a dotted name and a class are read. */
const caseClause: NodeHandler = (walk, clause) => {
  const { facts } = walk;
  const inner: WalkContext = { ...walk.context, conditional: true };
  const pending: SyntaxNode[] = [];
  for (const child of namedChildren(clause)) {
    if (child.field === 'guard' || child.field === 'consequence') walk.visit(child, inner);
    else pending.push(child);
  }
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'dotted_name') {
      const parts = namedChildren(node);
      const isRead = parts.length > 1 || node.parent?.type === 'class_pattern';
      if (isRead) facts.use(parts[0]!, inner, node);
      else facts.bind(parts[0]!, inner, { kind: 'assignment', from: parts[0]!.end });
    } else if (node.type === 'identifier') {
      const isCapture = node.parent?.type !== 'keyword_pattern' && facts.nameOf(node) !== '_';
      if (isCapture) facts.bind(node, inner, { kind: 'assignment', from: node.end });
    } else if (node.type === 'string') walk.visit(node, inner);
    else pending.push(...namedChildren(node));
  }
};

const matchStatement: NodeHandler = (walk, node) => {
  const body = childInField(node, 'body');
  for (const child of node.children) {
    if (child.named) walk.visit(child, child === body ? { ...walk.context, conditional: true } : walk.context);
  }
};

export const patternHandlers: NodeHandlers = { case_clause: caseClause, match_statement: matchStatement };
