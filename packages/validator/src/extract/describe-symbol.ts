import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';

const LONGEST_VALUE = 60;

/** The same where the value of a variable stood elsewhere, or a class's methods in another order. */
export function describeStably(node: SyntaxNode, text: string): string {
  if (node.type === 'class_definition') return describeClass(node, text, true);
  return node.type === 'assignment' ? describeVariable(node, text, false) : describeSymbol(node, text);
}

/** How a definition looks to its users: header and members of a class, header of a function, annotation of a variable. */
export function describeSymbol(node: SyntaxNode, text: string): string {
  switch (node.type) {
    case 'function_definition':
      return describeFunction(node, text);
    case 'class_definition':
      return describeClass(node, text);
    case 'assignment':
      return describeVariable(node, text);
    case 'type_alias_statement':
      return compact(node, text);
    default:
      return text.slice(node.start, node.end);
  }
}

function describeFunction(node: SyntaxNode, text: string): string {
  const header = compact({ ...node, end: childInField(node, 'body')?.start ?? node.end }, text).replace(/\s*:\s*$/, '');
  return [...decorators(node, text), header].join('\n');
}

function describeClass(node: SyntaxNode, text: string, isSorted = false): string {
  const body = childInField(node, 'body');
  const bases = childInField(node, 'superclasses');
  const parameters = childInField(node, 'type_parameters');
  const parts = [childInField(node, 'name'), parameters, bases].map((part) => (part === undefined ? '' : compact(part, text)));
  const statements = body === undefined ? [] : namedChildren(body);
  const members = (isSorted ? methodsSorted(statements, text) : statements).flatMap((member) => describeMember(member, text));
  return [
    ...decorators(node, text),
    `class ${parts.join('')}:`,
    ...(members.length === 0 ? ['    ...'] : members.map((line) => `    ${line}`)),
  ].join('\n');
}

/** Fields as they are, since a constructor may take them in this order; then methods by name, each with its overloads and setters. */
function methodsSorted(statements: readonly SyntaxNode[], text: string): readonly SyntaxNode[] {
  const named = statements.map((statement) => ({ statement, name: methodName(statement, text) ?? '' }));
  return named.sort((left, right) => (left.name < right.name ? -1 : Number(left.name > right.name))).map(({ statement }) => statement);
}

function methodName(statement: SyntaxNode, text: string): string | undefined {
  const definition = statement.type === 'decorated_definition' ? childInField(statement, 'definition') : statement;
  const name = definition?.type === 'function_definition' ? childInField(definition, 'name') : undefined;
  return name === undefined ? undefined : text.slice(name.start, name.end);
}

function describeMember(member: SyntaxNode, text: string): readonly string[] {
  const definition = member.type === 'decorated_definition' ? childInField(member, 'definition') : member;
  if (definition?.type === 'function_definition') {
    const name = text.slice(childInField(definition, 'name')?.start, childInField(definition, 'name')?.end);
    if (name.startsWith('_') && !name.startsWith('__')) return [];
    return `${describeFunction(definition, text)}: ...`.split('\n');
  }
  const assignment = member.type === 'expression_statement' ? member.children[0] : undefined;
  if (assignment?.type !== 'assignment' || childInField(assignment, 'left')?.type !== 'identifier') return [];
  return [describeVariable(assignment, text)];
}

function describeVariable(node: SyntaxNode, text: string, hasValue = true): string {
  const left = childInField(node, 'left');
  const type = childInField(node, 'type');
  const right = childInField(node, 'right');
  const annotation = type === undefined ? '' : `: ${compact(type, text)}`;
  const value = right === undefined ? undefined : compact(right, text);
  const shown = value === undefined ? '' : ` = ${value.length > LONGEST_VALUE || !hasValue ? '...' : value}`;
  return `${left === undefined ? '' : compact(left, text)}${annotation}${shown}`;
}

function decorators(node: SyntaxNode, text: string): readonly string[] {
  if (node.parent?.type !== 'decorated_definition') return [];
  return node.parent.children.filter((child) => child.type === 'decorator').map((child) => compact(child, text));
}

/** One line, without comments. */
function compact(node: SyntaxNode, text: string): string {
  const source = text.slice(node.start, node.end);
  if (!source.includes('#')) return onOneLine(source);
  const comments: SyntaxNode[] = [];
  const pending = [...node.children];
  while (pending.length > 0) {
    const child = pending.pop()!;
    if (child.type === 'comment' && child.start < node.end) comments.push(child);
    else if (child.start < node.end) pending.push(...child.children);
  }
  comments.sort((left, right) => left.start - right.start);
  let result = '';
  let from = node.start;
  for (const comment of comments) {
    result += text.slice(from, comment.start);
    from = comment.end;
  }
  return onOneLine(result + text.slice(from, node.end));
}

/** What `onOneLine` changes. */
const UNEVEN = /[^\S ]|  |^ | $|[([{] | [)\]}]/;

function onOneLine(source: string): string {
  if (!UNEVEN.test(source)) return source;
  return source
    .replace(/\s+/g, ' ')
    .replace(/([([{]) /g, '$1')
    .replace(/,? ([)\]}])/g, '$1')
    .trim();
}
