import { childrenInField } from '../parse/children-in-field';
import { hasToken } from '../parse/has-token';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { Check, Checks } from './compile-check';

const FUTURE_FEATURES = new Set([
  'absolute_import',
  'annotations',
  'barry_as_FLUFL',
  'division',
  'generator_stop',
  'generators',
  'nested_scopes',
  'print_function',
  'unicode_literals',
  'with_statement',
]);

const tryStatement: Check = ({ node }) => {
  const clauses = node.children.filter(({ type }) => type === 'except_clause' || type === 'except_group_clause');
  const bare = clauses.slice(0, -1).find((clause) => childrenInField(clause, 'value').length === 0);
  if (bare !== undefined)
    return { at: bare.children[0]!, message: "'except:' catches all that is left: move it after the other handlers." };
  const other = clauses.find((clause) => isGroup(clause) !== isGroup(clauses[0]!));
  return other === undefined ? undefined : { at: other.children[0]!, message: "'except' and 'except*' cannot stand at the same 'try'." };
};

export function isGroup(clause: SyntaxNode): boolean {
  return clause.type === 'except_group_clause' || hasToken(clause, '*') || hasToken(clause, 'except*');
}

const exceptClause: Check = ({ node }, { version }) => {
  const values = childrenInField(node, 'value');
  if (isGroup(node) && values.length === 0) return { at: node.children[0]!, message: "'except*' needs the exceptions it handles." };
  return values.length > 1 && version.minor < 14
    ? { at: values[1]!, message: 'Several exceptions need parentheses before Python 3.14: write (A, B).' }
    : undefined;
};

const caseClause: Check = ({ node }, { text }) => {
  const clauses = node.parent?.children.filter(({ type }) => type === 'case_clause') ?? [];
  const patterns = namedChildren(node).filter(({ type }) => type === 'case_pattern');
  const hasGuard = node.children.some(({ field }) => field === 'guard');
  if (hasGuard || patterns.length !== 1 || hasToken(node, ',') || clauses[clauses.length - 1] === node) return undefined;
  const source = text.slice(patterns[0]!.start, patterns[0]!.end);
  return /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(source) && !/^(None|True|False)$/.test(source)
    ? { at: patterns[0]!, message: `'case ${source}' matches everything, so the cases after it are never reached: move it to the end.` }
    : undefined;
};

const patternAlias: Check = ({ node }, { text }) => {
  const name = node.parent?.type === 'case_pattern' ? node.children[node.children.length - 1] : undefined;
  return name !== undefined && text.slice(name.start, name.end) === '_'
    ? { at: name, message: "'_' matches anything and keeps nothing: leave out 'as _', or choose a name." }
    : undefined;
};

const classPattern: Check = ({ node }, { text }) => {
  const keywords = new Set<string>();
  for (const pattern of namedChildren(node).filter(({ type }) => type === 'case_pattern')) {
    const keyword = pattern.children[0]?.type === 'keyword_pattern' ? pattern.children[0].children[0]! : undefined;
    if (keyword === undefined && keywords.size > 0)
      return { at: pattern, message: 'A positional pattern follows a named one: move it before.' };
    if (keyword === undefined) continue;
    const name = text.slice(keyword.start, keyword.end);
    if (keywords.has(name)) return { at: keyword, message: `'${name}' is matched twice: remove one.` };
    keywords.add(name);
  }
  return undefined;
};

const raiseStatement: Check = ({ node }) => {
  const value = namedChildren(node).find(({ field }) => field !== 'cause');
  if (value?.type === 'expression_list') return { at: value, message: "'raise' takes one exception: write raise Error(message)." };
  const hasCause = hasToken(node, 'from');
  return hasCause && value === undefined
    ? { at: node, message: "'raise' names no exception before 'from': write raise Error(…) from error." }
    : undefined;
};

/** A comma at the end is allowed in parentheses only. */
const withClause: Check = ({ node }) => {
  const last = node.children[node.children.length - 1];
  return last?.type === ',' ? { at: last, message: "A ',' ends the list: remove it, or put the list into parentheses." } : undefined;
};

const futureImport: Check = ({ node }, { text }) => {
  for (const entry of childrenInField(node, 'name')) {
    const name = text.slice(entry.start, entry.end).split(/\s/, 1)[0]!;
    if (!FUTURE_FEATURES.has(name)) return { at: entry, message: `Python has no future feature '${name}': remove it.` };
  }
  return undefined;
};

const importFrom: Check = ({ node }) => {
  const last = node.children[node.children.length - 1];
  return last?.type === ',' ? { at: last, message: "A ',' ends the import: remove it, or put the names into parentheses." } : undefined;
};

export const handlerChecks: Checks = {
  try_statement: tryStatement,
  except_clause: exceptClause,
  except_group_clause: exceptClause,
  case_clause: caseClause,
  as_pattern: patternAlias,
  class_pattern: classPattern,
  raise_statement: raiseStatement,
  with_clause: withClause,
  future_import_statement: futureImport,
  import_from_statement: importFrom,
};
