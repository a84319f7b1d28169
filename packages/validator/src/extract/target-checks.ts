import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { Check, Checks } from './compile-check';

const PLACES = new Set(['identifier', 'attribute', 'subscript']);
const GROUPS = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'expression_list',
  'tuple',
  'list',
  'parenthesized_expression',
  'as_pattern_target',
]);
const STARS = new Set(['list_splat', 'list_splat_pattern']);

type Fault = ReturnType<Check>;

/** The one name that is reserved without being a keyword. */
function isDebug({ start, end }: SyntaxNode, text: string): boolean {
  return end - start === 9 && text.startsWith('__debug__', start);
}

/** What can be assigned to, or deleted: names, attributes, items, and groups of those. */
function targetFault(target: SyntaxNode, text: string, deed: 'assigned to' | 'deleted'): Fault {
  if (PLACES.has(target.type) && !isDebug(target, text)) return undefined;
  const pending = [target];
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (STARS.has(node.type)) {
      const fault = starFault(node, deed);
      if (fault !== undefined) return fault;
      pending.push(...namedChildren(node));
    } else if (GROUPS.has(node.type)) pending.push(...namedChildren(node));
    else if (!PLACES.has(node.type) || isDebug(node, text)) {
      const shown = text.slice(node.start, node.end).split('\n', 1)[0]!;
      return { at: node, message: `'${shown}' cannot be ${deed}: only names, attributes and items can.` };
    }
  }
  return undefined;
}

function starFault(node: SyntaxNode, deed: 'assigned to' | 'deleted'): Fault {
  if (deed === 'deleted') return { at: node, message: "A starred expression cannot be deleted: remove the '*'." };
  const isAlone = node.parent === undefined || !GROUPS.has(node.parent.type) || node.parent.type === 'as_pattern_target';
  if (isAlone) return { at: node, message: "A starred target needs a list or tuple around it: write '*name, = …'." };
  const stars = namedChildren(node.parent).filter(({ type }) => STARS.has(type));
  return stars[1] === node ? { at: node, message: 'Two starred targets: only one can take the rest.' } : undefined;
}

const assignment: Check = ({ node }, { text }) => {
  const left = childInField(node, 'left');
  if (left === undefined) return undefined;
  if (childInField(node, 'type') !== undefined && isSeveral(left)) {
    return { at: left, message: 'Only a single name, attribute or item can be annotated: annotate each on a line of its own.' };
  }
  const inner = childInField(node, 'right');
  if (inner?.type === 'assignment' && (childInField(node, 'type') ?? childInField(inner, 'type')) !== undefined) {
    return { at: node, message: 'An annotated assignment has one target: split it into two lines.' };
  }
  return targetFault(left, text, 'assigned to');
};

function isSeveral({ type, children }: SyntaxNode): boolean {
  return type === 'pattern_list' || type === 'list_pattern' || (type === 'tuple_pattern' && children.some((child) => child.type === ','));
}

const augmentedAssignment: Check = ({ node }, { text }) => {
  const left = childInField(node, 'left');
  if (left === undefined) return undefined;
  return isSeveral(left)
    ? { at: left, message: 'An augmented assignment has one target: write one for each name.' }
    : targetFault(left, text, 'assigned to');
};

const leftOfLoop: Check = ({ node }, { text }) => {
  for (const left of node.children) {
    if (left.field !== 'left' || !left.named) continue;
    const fault = targetFault(left, text, 'assigned to');
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const alias: Check = ({ node }, { text }) => {
  if (node.parent?.type === 'case_pattern' || node.parent?.parent?.type === 'case_clause') return undefined;
  const target = childInField(node, 'alias');
  return target?.type === 'as_pattern_target' ? targetFault(target, text, 'assigned to') : undefined;
};

const deletion: Check = ({ node }, { text }) => {
  for (const target of namedChildren(node)) {
    const fault = targetFault(target, text, 'deleted');
    if (fault !== undefined) return fault;
  }
  return undefined;
};

export const targetChecks: Checks = {
  assignment,
  augmented_assignment: augmentedAssignment,
  for_statement: leftOfLoop,
  for_in_clause: leftOfLoop,
  as_pattern: alias,
  delete_statement: deletion,
};
