import { childInField } from '../../parse/child-in-field';
import { namedChildren } from '../../parse/named-children';
import type { SyntaxNode } from '../../parse/syntax-node';
import type { ModelCall } from './model-facts';
import { readExpression, readReference, type ReadContext } from './read-expression';

const READS = new Set(['model_validate', 'from_orm']);

/** Undefined for calls that neither fill a class by names nor read an object into one. */
export function readModelCall(node: SyntaxNode, context: ReadContext): ModelCall | undefined {
  const callee = childInField(node, 'function')!;
  const list = childInField(node, 'arguments');
  const last = callee.type === 'attribute' ? childInField(callee, 'attribute') : callee;
  if (list?.type !== 'argument_list' || last?.type !== 'identifier') return undefined;
  const isRead = READS.has(context.facts.textOf(last));
  if (!isRead && !isUpperCase(context.facts.text.charCodeAt(last.start))) return undefined;
  const children = namedChildren(list);
  const isNamed = children.some(({ type }) => type === 'keyword_argument' || type === 'dictionary_splat');
  if ((!isRead && !isNamed) || children.some(({ type }) => type === 'list_splat')) return undefined;
  const reference = readReference(callee, context);
  return reference === undefined ? undefined : { callee: reference, ...readArguments(children, context), ...placeOf(node) };
}

function isUpperCase(unit: number): boolean {
  return unit >= 0x41 && unit <= 0x5a;
}

function readArguments(children: readonly SyntaxNode[], context: ReadContext): Pick<ModelCall, 'keywords' | 'spreads' | 'argument'> {
  const names = children.flatMap((child) => (child.type === 'keyword_argument' ? [childInField(child, 'name')!] : []));
  const spreads = children.flatMap((child) => (child.type === 'dictionary_splat' ? namedChildren(child).slice(0, 1) : []));
  const first = children.find(({ type }) => type !== 'keyword_argument' && type !== 'dictionary_splat' && type !== 'comment');
  return {
    keywords: names.map((name) => ({ name: context.facts.nameOf(name), span: { start: name.start, end: name.end } })),
    spreads: spreads.map((spread) => readExpression(spread, context)),
    argument: first === undefined ? undefined : readExpression(first, context),
  };
}

function placeOf(node: SyntaxNode): Pick<ModelCall, 'span' | 'isGuarded'> {
  let isGuarded = false;
  for (let parent = node.parent; parent !== undefined && parent.type !== 'function_definition'; parent = parent.parent)
    if (parent.type === 'try_statement' || parent.type === 'with_statement') isGuarded = true;
  return { span: { start: node.start, end: node.end }, isGuarded };
}
