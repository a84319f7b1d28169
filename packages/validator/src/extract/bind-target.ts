import { namedChildren } from '../parse/named-children';
import type { FactCollector } from './fact-collector';
import type { BindingKind } from './scope';
import type { Visit } from './walk-context';

const GROUPS = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'expression_list',
  'tuple',
  'list',
  'list_splat',
  'parenthesized_expression',
  'as_pattern_target',
]);

/** Binds every name of an assignment target; what the target reads (`a` in `a.b = 1`) comes back to be visited. */
export function bindTarget(facts: FactCollector, visit: Visit, from: number, kind: BindingKind = 'assignment'): readonly Visit[] {
  const reads: Visit[] = [];
  const pending = [visit.node];
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'identifier') facts.bind(visit, node, kind, { from });
    else if (GROUPS.has(node.type)) pending.push(...namedChildren(node));
    else {
      if (node.type === 'attribute') noteStore(facts, { ...visit, node });
      if (node.type === 'subscript' && /^sys\s*\.\s*modules\b/.test(facts.textOf(node))) facts.isDynamic = true;
      reads.push({ ...visit, node });
    }
  }
  return reads;
}

function noteStore(facts: FactCollector, { node }: Visit): void {
  const attribute = node.children.find((child) => child.field === 'attribute');
  if (attribute !== undefined) facts.storedAttributes.add(facts.textOf(attribute));
}
