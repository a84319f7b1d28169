import { childInField } from '../parse/child-in-field';
import { childrenInField } from '../parse/children-in-field';
import { firstNamedChild } from '../parse/first-named-child';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { Check, Checks } from './compile-check';

type Fault = ReturnType<Check>;

const ALONE = "A starred expression cannot stand alone: put it into a list, a tuple ('*items,') or a call.";

function aloneFault(node: SyntaxNode | undefined): Fault {
  return node?.type === 'list_splat' ? { at: node, message: ALONE } : undefined;
}

function hasComma({ children }: SyntaxNode): boolean {
  for (const { type } of children) if (type === ',') return true;
  return false;
}

/** `for a in b, c` of a comprehension was Python 2; the grammar also takes the comma of an argument after it. */
const clauseFault: Check = ({ node }) => {
  const comma = node.children.find(({ type }) => type === ',');
  return comma === undefined
    ? undefined
    : { at: comma, message: "A ',' follows a comprehension: put parentheses around the comprehension, or around what it runs over." };
};

/** The body of a comprehension; unpacking there is Python 3.15. */
const comprehension: Check = ({ node }, { version }) => {
  const body = childInField(node, 'body');
  return body?.type === 'list_splat' && version.minor < 15
    ? { at: body, message: 'A comprehension cannot unpack: write a second `for` instead.' }
    : undefined;
};

const PLAIN_PARAMETERS = new Set([
  'identifier',
  'default_parameter',
  'typed_default_parameter',
  'typed_parameter',
  '(',
  ')',
  ',',
  'comment',
]);

/** No `*`, `**` and `/` among them. */
function arePlain({ children }: SyntaxNode): boolean {
  for (const { type, children: parts } of children) {
    if (!PLAIN_PARAMETERS.has(type) || (type === 'typed_parameter' && parts[0]?.type !== 'identifier')) return false;
  }
  return true;
}

const parameters: Check = ({ node }) => {
  if (arePlain(node)) return undefined;
  const entries = namedChildren(node);
  let star = -1;
  let slash = -1;
  for (const [index, entry] of entries.entries()) {
    const previous = entries[index - 1];
    if (previous !== undefined && isKeywordRest(previous)) {
      return { at: entry, message: "Nothing can follow '**' parameters: move this one before." };
    }
    if (entry.type === 'positional_separator') {
      if (index === 0) return { at: entry, message: "'/' needs a parameter before it." };
      if (slash >= 0 || star >= 0) return { at: entry, message: "'/' may stand once, and before '*'." };
      slash = index;
    }
    if (!isStar(entry)) continue;
    if (star >= 0) return { at: entry, message: "'*' may stand only once among parameters." };
    star = index;
  }
  const separator = entries.find(({ type }) => type === 'keyword_separator');
  const next = separator === undefined ? undefined : entries[star + 1];
  if (separator === undefined || (next !== undefined && !isKeywordRest(next))) return undefined;
  return { at: separator, message: "A parameter must follow a bare '*': name one, or remove it." };
};

function isStar(entry: SyntaxNode): boolean {
  return entry.type === 'keyword_separator' || isSplat(entry, 'list_splat_pattern');
}

function isKeywordRest(entry: SyntaxNode): boolean {
  return isSplat(entry, 'dictionary_splat_pattern');
}

function isSplat(entry: SyntaxNode, type: string): boolean {
  return entry.type === type || (entry.type === 'typed_parameter' && entry.children[0]?.type === type);
}

export const starChecks: Checks = {
  expression_statement: ({ node }) =>
    node.children[0]?.type !== 'list_splat' || hasComma(node) ? undefined : aloneFault(node.children[0]),
  assignment: ({ node }) => aloneFault(childInField(node, 'right')),
  return_statement: ({ node }) => aloneFault(firstNamedChild(node)),
  yield: ({ node }) => aloneFault(firstNamedChild(node)),
  for_statement: ({ node }) => (hasComma(node) ? undefined : aloneFault(childrenInField(node, 'right')[0])),
  tuple: ({ node }) => (hasComma(node) ? undefined : aloneFault(firstNamedChild(node))),
  parenthesized_expression: ({ node }) => aloneFault(firstNamedChild(node)),
  for_in_clause: clauseFault,
  list_comprehension: comprehension,
  set_comprehension: comprehension,
  generator_expression: comprehension,
  parameters,
  lambda_parameters: parameters,
};
