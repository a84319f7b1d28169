import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import { parsePython } from '../parse/parse-python';
import type { SyntaxNode } from '../parse/syntax-node';
import { listComments } from '../scan/list-comments';
import type { Span } from '../text/span';

/** A place where whoever wrote the text stopped writing. */
export interface UnwrittenCode {
  /** `elision`: a comment stands for code that was left out. `stub`: a function that does nothing. */
  readonly kind: 'elision' | 'stub';
  readonly span: Span;
  /** The comment, or the name of the function. */
  readonly what: string;
}

const LEFT_OUT = [
  /^#\s*(?:\.{3}|…)/,
  /\b(?:rest|remainder|remaining)\b.*\b(?:code|file|class|function|methods?|fields?|routes?|implementation|unchanged|same|here|omitted)\b/i,
  /\b(?:existing|previous|original|other)\s+(?:code|methods?|functions?|imports?|fields?|routes?|implementation)\b.*(?:\bhere\b|unchanged|same|remains?|omitted|\.{3}|…)/i,
  /\b(?:unchanged|omitted for brevity|same as (?:before|above)|as before|and so on)\b/i,
  /\b(?:TODO|FIXME)\b/,
  /\b(?:your|actual|real)\s+(?:code|logic|implementation)\b|\bimplement (?:this|me|here|the rest|actual|logic)\b|\bplaceholder\b/i,
  /\bin a real(?:-world)? (?:app(?:lication)?|service|implementation|scenario|system)\b|\bfor (?:now|demonstration|simplicity),? (?:we |just |return|skip)/i,
];

/** What a text leaves unwritten, in source order: language models like to, and it parses. */
export function findUnwrittenCode(text: string): readonly UnwrittenCode[] {
  return [...elisions(text), ...stubs(text)].sort((left, right) => left.span.start - right.span.start);
}

function elisions(text: string): readonly UnwrittenCode[] {
  return listComments(text).flatMap(({ span }) => {
    const what = text.slice(span.start, span.end);
    return LEFT_OUT.some((pattern) => pattern.test(what)) ? [{ kind: 'elision' as const, span, what }] : [];
  });
}

function stubs(text: string): readonly UnwrittenCode[] {
  const found: UnwrittenCode[] = [];
  const pending: SyntaxNode[] = [parsePython(text)];
  while (pending.length > 0) {
    const node = pending.pop()!;
    pending.push(...node.children);
    const name = childInField(node, 'name');
    if (node.type !== 'function_definition' || name === undefined || !isStub(node, text) || mayBeEmpty(node, text)) continue;
    found.push({ kind: 'stub', span: { start: name.start, end: name.end }, what: text.slice(name.start, name.end) });
  }
  return found;
}

/** Nothing but a docstring, `pass`, `...` and `raise NotImplementedError`. */
function isStub(definition: SyntaxNode, text: string): boolean {
  const body = childInField(definition, 'body');
  return body !== undefined && namedChildren(body).every((statement) => doesNothing(statement, text));
}

function doesNothing(statement: SyntaxNode, text: string): boolean {
  if (statement.type === 'pass_statement') return true;
  if (statement.type === 'raise_statement') return /^raise\s+NotImplementedError\b/.test(text.slice(statement.start, statement.end));
  const value = statement.type === 'expression_statement' ? statement.children[0]?.type : undefined;
  return value === 'ellipsis' || value === 'string' || value === 'concatenated_string';
}

const EMPTY_BY_DESIGN = /(?:^|\.)(?:abstractmethod|overload|abstractproperty)\b/;
const EMPTY_CLASSES = /\b(?:Protocol|ABC|ABCMeta)\b/;

/** Abstract methods, overloads and protocols have no body, and an `__exit__` or a hook may well do nothing. */
function mayBeEmpty(definition: SyntaxNode, text: string): boolean {
  const name = childInField(definition, 'name')!;
  if (/^__\w+__$/.test(text.slice(name.start, name.end))) return true;
  const decorators = definition.parent?.type === 'decorated_definition' ? definition.parent.children : [];
  if (decorators.some(({ type, start, end }) => type === 'decorator' && EMPTY_BY_DESIGN.test(text.slice(start + 1, end)))) return true;
  const bases = childInField(enclosingClass(definition) ?? definition, 'superclasses');
  return bases !== undefined && EMPTY_CLASSES.test(text.slice(bases.start, bases.end));
}

function enclosingClass(node: SyntaxNode): SyntaxNode | undefined {
  let current = node.parent;
  while (current !== undefined && current.type !== 'class_definition')
    current = current.type === 'function_definition' ? undefined : current.parent;
  return current;
}
