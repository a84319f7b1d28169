import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { NodeHandler, NodeHandlers } from './node-handlers';
import type { Visit } from './walk-context';

/** Patterns of `match`: a bare name captures, a dotted name and a class are read. */
const caseClause: NodeHandler = (facts, visit) => {
  const inner: Visit = { ...visit, context: { ...visit.context, conditional: true } };
  const rest: Visit[] = [];
  const pending: SyntaxNode[] = [];
  for (const child of namedChildren(visit.node)) {
    if (child.field === 'guard' || child.field === 'consequence') rest.push({ ...inner, node: child });
    else pending.push(child);
  }
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'dotted_name') {
      const parts = namedChildren(node);
      const first = parts[0]!;
      if (parts.length > 1 || node.parent?.type === 'class_pattern')
        facts.use(visit.scope, inner.context, first, partsAfter(parts, facts.textOf.bind(facts)));
      else facts.bind(inner, first, 'assignment');
    } else if (node.type === 'identifier') {
      if (node.parent?.type !== 'keyword_pattern' && facts.textOf(node) !== '_') facts.bind(inner, node, 'assignment');
    } else if (node.type === 'string') rest.push({ ...inner, node });
    else pending.push(...namedChildren(node));
  }
  return rest;
};

function partsAfter(parts: readonly SyntaxNode[], textOf: (node: SyntaxNode) => string) {
  return parts.slice(1).map((part) => ({ name: textOf(part), span: { start: part.start, end: part.end } }));
}

const matchStatement: NodeHandler = (_facts, visit) => {
  const body = childInField(visit.node, 'body');
  return namedChildren(visit.node).map((node) => ({
    ...visit,
    node,
    context: node === body ? { ...visit.context, conditional: true } : visit.context,
  }));
};

export const patternHandlers: NodeHandlers = { case_clause: caseClause, match_statement: matchStatement };
