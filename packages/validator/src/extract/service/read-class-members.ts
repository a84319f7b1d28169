import { childInField } from '../../parse/child-in-field';
import { namedChildren } from '../../parse/named-children';
import type { SyntaxNode } from '../../parse/syntax-node';
import type { ClassMember } from './model-facts';
import { readExpression, type ReadContext } from './read-expression';

export interface ClassBody {
  readonly members: readonly ClassMember[];
  /** Nothing but definitions, assignments to single names, and documentation. */
  readonly isPlainBody: boolean;
}

export function readClassMembers(body: SyntaxNode | undefined, context: ReadContext): ClassBody {
  const members: ClassMember[] = [];
  let isPlainBody = body !== undefined;
  for (const statement of body === undefined ? [] : namedChildren(body)) {
    const inner = statement.type === 'decorated_definition' ? childInField(statement, 'definition') : statement;
    if (inner?.type === 'function_definition' || inner?.type === 'pass_statement') continue;
    const member = inner?.type === 'class_definition' ? innerClass(inner, context) : assigned(inner, context);
    if (member === 'odd') isPlainBody = false;
    else if (member !== 'nothing') members.push(member);
  }
  return { members, isPlainBody };
}

function innerClass(node: SyntaxNode, { facts }: ReadContext): ClassMember | 'odd' {
  const name = childInField(node, 'name');
  if (name === undefined) return 'odd';
  return { name: facts.nameOf(name), annotation: undefined, value: undefined, span: { start: name.start, end: name.end } };
}

function assigned(statement: SyntaxNode | undefined, context: ReadContext): ClassMember | 'odd' | 'nothing' {
  const [only, ...others] = statement?.type === 'expression_statement' ? namedChildren(statement) : [];
  if (only === undefined || others.length > 0) return 'odd';
  if (only.type === 'string' || only.type === 'ellipsis' || only.type === 'concatenated_string') return 'nothing';
  const left = only.type === 'assignment' ? childInField(only, 'left') : undefined;
  if (left?.type !== 'identifier') return 'odd';
  const [annotation, value] = [childInField(only, 'type'), childInField(only, 'right')];
  return {
    name: context.facts.nameOf(left),
    annotation: annotation === undefined ? undefined : readExpression(annotation, context),
    value: value === undefined ? undefined : readExpression(value, context),
    span: { start: left.start, end: left.end },
  };
}
