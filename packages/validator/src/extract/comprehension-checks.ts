import { childInField } from '../parse/child-in-field';
import { hasToken } from '../parse/has-token';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { Check, Checks } from './compile-check';

const COMPREHENSIONS = new Set(['list_comprehension', 'set_comprehension', 'dictionary_comprehension', 'generator_expression']);
const SCOPES = new Set(['function_definition', 'lambda', 'class_definition', 'module']);

interface Enclosing {
  readonly comprehension: SyntaxNode;
  /** The child of the comprehension the node is in, and whether that is what a `for` runs over. */
  readonly isInIterable: boolean;
  readonly isInFirstIterable: boolean;
}

/** The comprehensions around a node, innermost first, up to the next function or class, which comes along. */
function enclosingComprehensions(node: SyntaxNode): { readonly around: readonly Enclosing[]; readonly scope: SyntaxNode | undefined } {
  const around: Enclosing[] = [];
  let isInIterable = false;
  let clause: SyntaxNode | undefined;
  let current: SyntaxNode | undefined = node;
  while (current.parent !== undefined) {
    const parent: SyntaxNode = current.parent;
    if (SCOPES.has(parent.type)) return { around, scope: parent };
    if (parent.type === 'for_in_clause') {
      isInIterable = current.field === 'right';
      clause = parent;
    } else if (COMPREHENSIONS.has(parent.type)) {
      const first = parent.children.find(({ type }) => type === 'for_in_clause');
      around.push({ comprehension: parent, isInIterable, isInFirstIterable: isInIterable && clause === first });
      isInIterable = false;
      clause = undefined;
    }
    current = parent;
  }
  return { around, scope: undefined };
}

const namedExpression: Check = ({ node }, { text }) => {
  const name = childInField(node, 'name');
  if (node.parent?.type === 'expression_statement' || node.parent?.type === 'keyword_argument') {
    return { at: node, message: "':=' needs parentheses here: write '=' for a plain assignment, or put parentheses around it." };
  }
  const { around, scope } = enclosingComprehensions(node);
  if (name === undefined || around.length === 0) return undefined;
  if (around.some(({ isInIterable }) => isInIterable)) {
    return { at: node, message: "':=' cannot stand in what a comprehension runs over: assign before." };
  }
  const word = text.slice(name.start, name.end);
  if (around.some(({ comprehension }) => iterationNames(comprehension, text).has(word))) {
    return { at: name, message: `':=' cannot bind '${word}', which the comprehension itself runs with: choose another name.` };
  }
  return scope?.type === 'class_definition'
    ? { at: node, message: "':=' in a comprehension cannot bind a name of the class around it: use a loop." }
    : undefined;
};

function iterationNames(comprehension: SyntaxNode, text: string): ReadonlySet<string> {
  const names = new Set<string>();
  const pending = comprehension.children
    .filter(({ type }) => type === 'for_in_clause')
    .flatMap((clause) => clause.children.filter(({ field }) => field === 'left'));
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'identifier') names.add(text.slice(node.start, node.end));
    else if (node.type !== 'attribute' && node.type !== 'subscript') pending.push(...namedChildren(node));
  }
  return names;
}

const yieldInside: Check = ({ node, owner }) => {
  if (owner === 'async-generator' && hasToken(node, 'from')) {
    return { at: node.children[0]!, message: "'yield from' inside an 'async def': write 'async for item in …: yield item'." };
  }
  return enclosingComprehensions(node).around.some(({ isInFirstIterable }) => !isInFirstIterable)
    ? { at: node.children[0]!, message: "'yield' inside a comprehension: write a loop instead." }
    : undefined;
};

const asynchronousClause: Check = ({ node, owner }) => {
  if (!hasToken(node, 'async') || owner.startsWith('async')) return undefined;
  const { around } = enclosingComprehensions(node.children[0]!);
  const isAllowed = around[0]?.comprehension.type === 'generator_expression' || around.length > 1;
  return isAllowed
    ? undefined
    : { at: node, message: "'async for' in a comprehension outside an 'async def': make the function asynchronous." };
};

const asynchronousStatement: Check = ({ node, owner }) =>
  hasToken(node, 'async') && !owner.startsWith('async')
    ? {
        at: node.children[0]!,
        message: `'async ${node.type === 'for_statement' ? 'for' : 'with'}' outside an 'async def': make the function asynchronous.`,
      }
    : undefined;

export const comprehensionChecks: Checks = {
  named_expression: namedExpression,
  yield: yieldInside,
  for_in_clause: asynchronousClause,
  for_statement: asynchronousStatement,
  with_statement: asynchronousStatement,
};
