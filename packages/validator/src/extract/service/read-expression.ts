import { dottedParts } from '../dotted-parts';
import { childInField } from '../../parse/child-in-field';
import { firstNamedChild } from '../../parse/first-named-child';
import { hasToken } from '../../parse/has-token';
import { namedChildren } from '../../parse/named-children';
import type { SyntaxNode } from '../../parse/syntax-node';
import { detach } from '../../text/detach';
import type { Span } from '../../text/span';
import type { FactCollector } from '../fact-collector';
import type { BindingIndex } from './binding-index';
import type { CallExpression, Expression, Reference } from './expression';

export interface ReadContext {
  readonly facts: FactCollector;
  readonly bindings: BindingIndex;
}

/** Deeper ones are not how routes are wired; this also bounds the recursion below. */
const DEEPEST = 8;

/** Reads an expression; whatever is not known in the vocabulary becomes `other`. */
export function readExpression(root: SyntaxNode, context: ReadContext, depth = 0): Expression {
  const node = unwrapped(root);
  const reader = depth > DEEPEST ? undefined : READERS.get(node.type);
  return reader === undefined ? otherAt(node) : reader(node, context, depth + 1);
}

/** `a.b.c` with its binding; undefined when it does not begin with a name. */
export function readReference(root: SyntaxNode, { facts, bindings }: ReadContext): Reference | undefined {
  const names = dottedParts(root, facts);
  return names && { names, span: spanOf(root), binding: bindings.bindingOf(root.start) };
}

/** `depth`: of what is inside. */
type Reader = (node: SyntaxNode, context: ReadContext, depth: number) => Expression;

const reference: Reader = (node, context) => {
  const found = readReference(node, context);
  return found === undefined ? otherAt(node) : { kind: 'reference', reference: found, span: spanOf(node) };
};

const literal: Reader = (node, context, depth) => {
  const match = /^[rRuU]?("""|'''|"|')([^\\]*)\1$/.exec(context.facts.textOf(node));
  return match === null ? formatted(node, context, depth) : { kind: 'text', value: detach(match[2]!), span: spanOf(node) };
};

/** An f-string without escapes and formats, whose holes have names in them. */
const formatted: Reader = (node, context, depth) => {
  const parts: Expression[] = [];
  for (const child of node.children) {
    if (child.type === 'string_start' || child.type === 'string_end') continue;
    const part = child.type === 'interpolation' ? filled(child, context, depth) : plainContent(child, context);
    if (part === undefined) return otherAt(node);
    parts.push(part);
  }
  return parts.length === 0 ? otherAt(node) : { kind: 'joined', parts, span: spanOf(node) };
};

function filled(node: SyntaxNode, context: ReadContext, depth: number): Expression | undefined {
  const children = namedChildren(node);
  const found = children.length === 1 ? readExpression(children[0]!, context, depth) : undefined;
  return found?.kind === 'reference' || found?.kind === 'text' ? found : undefined;
}

function plainContent(node: SyntaxNode, { facts }: ReadContext): Expression | undefined {
  const content = facts.textOf(node);
  return node.type !== 'string_content' || /[\\{}]/.test(content)
    ? undefined
    : { kind: 'text', value: detach(content), span: spanOf(node) };
}

function group(kind: 'sequence' | 'union'): Reader {
  return (node, context, depth) => ({ kind, items: readAll(namedChildren(node), context, depth), span: spanOf(node) });
}

const unionOfAll = group('union');

const binary: Reader = (node, context, depth) => {
  if (hasToken(node, '|')) return unionOfAll(node, context, depth);
  if (!hasToken(node, '+')) return otherAt(node);
  const parts = readAll(namedChildren(node), context, depth).flatMap((part) => (part.kind === 'joined' ? part.parts : [part]));
  return parts.every(({ kind }) => kind === 'text' || kind === 'reference') ? { kind: 'joined', parts, span: spanOf(node) } : otherAt(node);
};

/** `a[b, c]`; in annotations the grammar calls it `generic_type`. */
const subscript: Reader = (node, context, depth) => {
  const [value, ...rest] = namedChildren(node);
  const children = rest.flatMap((child) => (child.type === 'type_parameter' || child.type === 'tuple' ? namedChildren(child) : [child]));
  return { kind: 'subscript', value: readExpression(value!, context, depth), items: readAll(children, context, depth), span: spanOf(node) };
};

const call: Reader = (node, context, depth) => {
  const argumentList = childInField(node, 'arguments');
  const callee = childInField(node, 'function');
  if (callee === undefined || argumentList?.type !== 'argument_list') return otherAt(node);
  const { positional, keywords, hasSplat } = readArguments(namedChildren(argumentList), context, depth);
  return { kind: 'call', callee: readExpression(callee, context, depth), positional, keywords, hasSplat, span: spanOf(node) };
};

type Arguments = Pick<CallExpression, 'positional' | 'keywords' | 'hasSplat'>;

/** Of two arguments of one name, which no program has, the first counts. */
function readArguments(children: readonly SyntaxNode[], context: ReadContext, depth: number): Arguments {
  const positional: Expression[] = [];
  const keywords: Record<string, Expression> = {};
  let hasSplat = false;
  for (const child of children) {
    const name = child.type === 'keyword_argument' ? childInField(child, 'name') : undefined;
    const value = name === undefined ? undefined : childInField(child, 'value');
    if (name !== undefined && value !== undefined) addKeyword(keywords, context.facts.nameOf(name), readExpression(value, context, depth));
    else if (child.type === 'list_splat' || child.type === 'dictionary_splat') hasSplat = true;
    else positional.push(readExpression(child, context, depth));
  }
  return { positional, keywords, hasSplat };
}

function addKeyword(keywords: Record<string, Expression>, name: string, value: Expression): void {
  // An assignment to `__proto__` would change what every other name gives.
  if (!Object.hasOwn(keywords, name) && name !== '__proto__') keywords[name] = value;
}

function readAll(children: readonly SyntaxNode[], context: ReadContext, depth: number): Expression[] {
  const items: Expression[] = [];
  for (const child of children) items.push(readExpression(child, context, depth));
  return items;
}

/** Without the wrappers that mean nothing: parentheses and the grammar's `type`. */
function unwrapped(root: SyntaxNode): SyntaxNode {
  let node = root;
  while (node.type === 'type' || node.type === 'parenthesized_expression') {
    const only = firstNamedChild(node);
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

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['identifier', reference],
  ['attribute', reference],
  ['string', literal],
  ['none', (node) => ({ kind: 'none', span: spanOf(node) })],
  ['list', group('sequence')],
  ['tuple', group('sequence')],
  ['set', group('sequence')],
  ['union_type', unionOfAll],
  ['binary_operator', binary],
  ['generic_type', subscript],
  ['subscript', subscript],
  ['call', call],
]);
