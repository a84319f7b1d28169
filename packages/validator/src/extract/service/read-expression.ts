import { dottedParts } from '../dotted-parts';
import { childInField } from '../../parse/child-in-field';
import { namedChildren } from '../../parse/named-children';
import type { SyntaxNode } from '../../parse/syntax-node';
import type { Span } from '../../text/span';
import type { BindingIndex } from './binding-index';
import type { Expression, Reference } from './expression';

export interface ReadContext {
  readonly text: string;
  readonly bindings: BindingIndex;
}

/** Deeper ones are not how routes are wired. */
const DEEPEST = 8;

interface Task {
  readonly node: SyntaxNode;
  readonly depth: number;
  readonly put: (expression: Expression) => void;
}

/** Reads an expression without recursion; whatever is not known in the vocabulary becomes `other`. */
export function readExpression(root: SyntaxNode, context: ReadContext): Expression {
  let result: Expression = otherAt(root);
  const pending: Task[] = [{ node: root, depth: 0, put: (expression) => (result = expression) }];
  while (pending.length > 0) {
    const task = pending.pop()!;
    const node = unwrapped(task.node);
    const reader = task.depth > DEEPEST || !Object.hasOwn(READERS, node.type) ? undefined : READERS[node.type];
    const { expression, inner } = reader?.(node, context) ?? { expression: otherAt(node), inner: [] };
    task.put(expression);
    for (const each of inner) pending.push({ ...each, depth: task.depth + 1 });
  }
  return result;
}

/** `a.b.c` with its binding; undefined when it does not begin with a name. */
export function readReference(root: SyntaxNode, { text, bindings }: ReadContext): Reference | undefined {
  const names = dottedParts(root, text);
  return names && { names, span: spanOf(root), binding: bindings.bindingOf(root.start) };
}

interface Reading {
  readonly expression: Expression;
  readonly inner: readonly Pick<Task, 'node' | 'put'>[];
}

type Reader = (node: SyntaxNode, context: ReadContext) => Reading;

const reference: Reader = (node, context) => {
  const found = readReference(node, context);
  return { expression: found === undefined ? otherAt(node) : { kind: 'reference', reference: found, span: spanOf(node) }, inner: [] };
};

const literal: Reader = (node, context) => {
  const source = context.text.slice(node.start, node.end);
  const match = /^[rRuU]?("""|'''|"|')([^\\]*)\1$/.exec(source);
  return { expression: match === null ? otherAt(node) : { kind: 'text', value: match[2]!, span: spanOf(node) }, inner: [] };
};

const sequence: Reader = (node) => group(node, namedChildren(node), 'sequence');
const unionOfAll: Reader = (node) => group(node, namedChildren(node), 'union');

const binary: Reader = (node) => {
  const isUnion = node.children.some((child) => !child.named && child.type === '|');
  return isUnion ? group(node, namedChildren(node), 'union') : { expression: otherAt(node), inner: [] };
};

function group(node: SyntaxNode, children: readonly SyntaxNode[], kind: 'sequence' | 'union'): Reading {
  const items: Expression[] = children.map((child) => otherAt(child));
  return {
    expression: { kind, items, span: spanOf(node) },
    inner: children.map((child, index) => ({ node: child, put: (item) => (items[index] = item) })),
  };
}

/** `a[b, c]`; in annotations the grammar calls it `generic_type`. */
const subscript: Reader = (node) => {
  const [valueNode, ...rest] = namedChildren(node);
  const children = rest.flatMap((child) => (child.type === 'type_parameter' || child.type === 'tuple' ? namedChildren(child) : [child]));
  const items: Expression[] = children.map((child) => otherAt(child));
  const expression = { kind: 'subscript' as const, value: otherAt(node), items, span: spanOf(node) };
  return {
    expression,
    inner: [
      { node: valueNode!, put: (value) => (expression.value = value) },
      ...children.map((child, index) => ({ node: child, put: (item: Expression) => (items[index] = item) })),
    ],
  };
};

const call: Reader = (node, context) => {
  const argumentList = childInField(node, 'arguments');
  const callee = childInField(node, 'function');
  if (callee === undefined || argumentList?.type !== 'argument_list') return { expression: otherAt(node), inner: [] };
  return callOf(node, callee, namedChildren(argumentList), context.text);
};

function callOf(node: SyntaxNode, callee: SyntaxNode, children: readonly SyntaxNode[], text: string): Reading {
  const positional: Expression[] = [];
  const keywords: Record<string, Expression> = {};
  const expression = {
    kind: 'call' as const,
    callee: otherAt(callee),
    positional,
    keywords,
    hasSplat: children.some(({ type }) => type === 'list_splat' || type === 'dictionary_splat'),
    span: spanOf(node),
  };
  const inner: Pick<Task, 'node' | 'put'>[] = [{ node: callee, put: (value) => (expression.callee = value) }];
  for (const child of children) {
    const name = child.type === 'keyword_argument' ? childInField(child, 'name') : undefined;
    const value = childInField(child, 'value');
    if (name !== undefined && value !== undefined) {
      inner.push({ node: value, put: (item) => (keywords[text.slice(name.start, name.end)] = item) });
    } else if (child.type !== 'list_splat' && child.type !== 'dictionary_splat') {
      const index = positional.push(otherAt(child)) - 1;
      inner.push({ node: child, put: (item) => (positional[index] = item) });
    }
  }
  return { expression, inner };
}

/** Without the wrappers that mean nothing: parentheses and the grammar's `type`. */
function unwrapped(root: SyntaxNode): SyntaxNode {
  let node = root;
  while (node.type === 'type' || node.type === 'parenthesized_expression') {
    const [only] = namedChildren(node);
    if (only === undefined) break;
    node = only;
  }
  return node;
}

function otherAt(node: Span): Expression {
  return { kind: 'other', span: spanOf(node) };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

const READERS: Readonly<Record<string, Reader>> = {
  identifier: reference,
  attribute: reference,
  string: literal,
  none: (node) => ({ expression: { kind: 'none', span: spanOf(node) }, inner: [] }),
  list: sequence,
  tuple: sequence,
  set: sequence,
  union_type: unionOfAll,
  binary_operator: binary,
  generic_type: subscript,
  subscript,
  call,
};
