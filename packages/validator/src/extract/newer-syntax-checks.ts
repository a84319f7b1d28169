import { childInField } from '../parse/child-in-field';
import type { SyntaxNode } from '../parse/syntax-node';
import type { PythonVersion } from '../python/python-version';
import type { Check, Checks } from './compile-check';

/** Refused by versions before `minor`; `instead` says how older ones write it. */
interface NewerSyntax {
  readonly minor: number;
  readonly what: string;
  readonly instead: string;
}

/** PEP 695 */
const TYPE_PARAMETERS: NewerSyntax = { minor: 12, what: 'Type parameters in brackets', instead: 'use TypeVar and Generic' };
const TYPE_STATEMENT: NewerSyntax = { minor: 12, what: 'The `type` statement', instead: 'assign to a name annotated with TypeAlias' };
/** PEP 750 */
const TEMPLATE_STRING: NewerSyntax = { minor: 14, what: 'Template strings', instead: 'use an f-string or str.format' };

function fault(at: SyntaxNode, { minor, what, instead }: NewerSyntax, version: PythonVersion): ReturnType<Check> {
  if (version.minor >= minor) return undefined;
  const needed = `3.${minor}`;
  return {
    at,
    message: `${what} came with Python ${needed}, and this project runs on ${version.major}.${version.minor}, too: ${instead}, or raise requires-python to >=${needed}.`,
  };
}

const definition: Check = ({ node }, { version }) => {
  const parameters = childInField(node, 'type_parameters');
  return parameters === undefined ? undefined : fault(parameters, TYPE_PARAMETERS, version);
};

/** The grammar also takes `type(value).name = other` for one. */
const typeStatement: Check = ({ node }, { text, version }) =>
  /^type\s+[\p{ID_Start}_][\p{ID_Continue}]*\s*[[=\\]/u.test(text.slice(node.start, node.end))
    ? fault(node.children[0]!, TYPE_STATEMENT, version)
    : undefined;

const string: Check = ({ node }, { text, version }) => {
  const start = node.children[0];
  if (start?.type !== 'string_start' || version.minor >= 14 || !hasPrefix(start, text)) return undefined;
  if (/^[rR]?[tT]/.test(text.slice(start.start, start.end))) return fault(start, TEMPLATE_STRING, version);
  if (version.minor >= 12) return undefined;
  for (const child of node.children) {
    const found = child.type === 'interpolation' ? interpolationFault(child, text.slice(start.start, start.end), text) : undefined;
    if (found !== undefined)
      return fault(found.at, { minor: 12, what: found.what, instead: 'take the value into a variable first' }, version);
  }
  return undefined;
};

function hasPrefix({ start }: SyntaxNode, text: string): boolean {
  return text[start] !== '"' && text[start] !== "'";
}

/** Before PEP 701 an f-string was first read as one string, and its expressions only then. */
function interpolationFault(
  node: SyntaxNode,
  opening: string,
  text: string,
): { readonly at: SyntaxNode; readonly what: string } | undefined {
  const quotes = opening.replace(/^[a-zA-Z]+/, '');
  const whole = text.slice(node.start, node.end);
  if (whole.includes(quotes)) return { at: node, what: 'The same quotes inside an f-string' };
  if (quotes.length === 1 && /[\r\n]/.test(whole)) return { at: node, what: 'A line break inside the braces of an f-string' };
  if (hasBackslash(node, text)) return { at: node, what: 'A backslash inside the braces of an f-string' };
  if (nestingOf(node) > 1) return { at: node, what: 'Braces inside braces inside a format' };
  return node.children.some(({ type }) => type === 'comment')
    ? { at: node, what: 'A comment inside the braces of an f-string' }
    : undefined;
}

/** In the expression, or in one inside the format; the format itself may have them. */
function hasBackslash(node: SyntaxNode, text: string): boolean {
  const expression = childInField(node, 'expression');
  if (expression !== undefined && text.slice(node.start, expression.end).includes('\\')) return true;
  return formatOf(node).some((child) => hasBackslash(child, text));
}

/** How many formats lie within each other: `{a:{b:{c}}}` has two. */
function nestingOf(node: SyntaxNode): number {
  return Math.max(0, ...formatOf(node).map((child) => 1 + nestingOf(child)));
}

function formatOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.find(({ type }) => type === 'format_specifier')?.children ?? [];
}

/** Grammar that came after the oldest version we read for, 3.11. What the grammar of tree-sitter lacks is judged by the second opinion. */
export const newerSyntaxChecks: Checks = {
  class_definition: definition,
  function_definition: definition,
  type_alias_statement: typeStatement,
  string,
};
