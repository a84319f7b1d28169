import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { Check, Checks } from './compile-check';

type Fault = ReturnType<Check>;

/** A name may be captured once in a pattern; alternatives of one `|` count as one. */
const caseClause: Check = ({ node }, { text }) => {
  const patterns = namedChildren(node).filter(({ type }) => type === 'case_pattern');
  const stars = secondStar(patterns);
  if (stars !== undefined) return stars;
  const seen = new Set<string>();
  for (const capture of capturesIn(patterns, 'first-alternative')) {
    const name = text.slice(capture.start, capture.end);
    if (seen.has(name)) return { at: capture, message: `The pattern captures '${name}' twice: give one of the two another name.` };
    seen.add(name);
  }
  return undefined;
};

const unionPattern: Check = ({ node }, { text }) => {
  const alternatives = node.children.filter(({ type }) => type !== '|' && type !== 'comment');
  const endless = alternatives.slice(0, -1).find((alternative) => isCapture(alternative) || alternative.type === '_');
  if (endless !== undefined) {
    const source = text.slice(endless.start, endless.end);
    return { at: endless, message: `'${source}' matches everything, so the alternatives after it are never tried: move it to the end.` };
  }
  const [first, ...others] = alternatives.map((alternative) => namesIn(alternative, text));
  const other = others.findIndex((names) => names !== first);
  return other < 0
    ? undefined
    : { at: alternatives[other + 1]!, message: 'The alternatives of a pattern must capture the same names: this one captures others.' };
};

const dictPattern: Check = ({ node }, { text }) => {
  const entries = namedChildren(node);
  const rest = entries.findIndex(({ type }) => type === 'splat_pattern');
  if (rest >= 0 && rest < entries.length - 1)
    return { at: entries[rest + 1]!, message: "Nothing can follow '**' in a pattern: move this before." };
  const seen = new Set<string>();
  for (const key of entries.filter(({ field, type }) => field === 'key' && type !== 'dotted_name')) {
    const source = text.slice(key.start, key.end);
    if (seen.has(source)) return { at: key, message: `The pattern asks for the key ${source} twice: remove one.` };
    seen.add(source);
  }
  return undefined;
};

const sequencePattern: Check = ({ node }) => secondStar(namedChildren(node));

function secondStar(patterns: readonly SyntaxNode[]): Fault {
  const second = patterns.filter(({ children }) => children[0]?.type === 'splat_pattern')[1];
  return second === undefined
    ? undefined
    : { at: second, message: "'*' may stand only once in a sequence: one of the two takes the rest." };
}

function namesIn(pattern: SyntaxNode, text: string): string {
  const names = capturesIn([pattern], 'every-alternative').map(({ start, end }) => text.slice(start, end));
  return [...new Set(names)].sort().join(' ');
}

/** The identifiers a pattern binds, in source order. */
function capturesIn(patterns: readonly SyntaxNode[], unions: 'first-alternative' | 'every-alternative'): readonly SyntaxNode[] {
  const captures: SyntaxNode[] = [];
  const pending = [...patterns].reverse();
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (isCapture(node)) captures.push(node);
    else pending.push(...innerPatterns(node, unions).toReversed());
  }
  return captures;
}

function innerPatterns(node: SyntaxNode, unions: 'first-alternative' | 'every-alternative'): readonly SyntaxNode[] {
  const children = namedChildren(node);
  switch (node.type) {
    case 'union_pattern':
      return unions === 'first-alternative' ? children.slice(0, 1) : children;
    case 'class_pattern':
    case 'keyword_pattern':
      return children.slice(1);
    case 'dict_pattern':
      return children.filter(({ field }) => field !== 'key');
    case 'dotted_name':
      return [];
    default:
      return children;
  }
}

/** `b`, but not `a.b`; in `*rest` and `as b` the name stands alone. */
function isCapture({ type, parent, children }: SyntaxNode): boolean {
  if (type === 'identifier') return parent?.type === 'splat_pattern' || parent?.type === 'as_pattern';
  return type === 'dotted_name' && children.length === 1;
}

export const patternChecks: Checks = {
  case_clause: caseClause,
  union_pattern: unionPattern,
  dict_pattern: dictPattern,
  list_pattern: sequencePattern,
  tuple_pattern: sequencePattern,
};
