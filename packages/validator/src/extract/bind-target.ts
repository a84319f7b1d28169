import { isPart } from '../parse/is-part';
import type { SyntaxNode } from '../parse/syntax-node';
import type { FactCollector } from './fact-collector';
import type { BindingKind } from './scope';
import type { Walk } from './walk';
import type { WalkContext } from './walk-context';

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

export interface TargetBinding {
  /** See `Binding`. */
  readonly from: number;
  readonly kind?: BindingKind;
  readonly context?: WalkContext;
}

/** Binds every name of an assignment target; what the target reads (`a` in `a.b = 1`) is to be visited. */
export function bindTarget(walk: Walk, target: SyntaxNode, { from, kind = 'assignment', context = walk.context }: TargetBinding): void {
  if (target.type === 'identifier') {
    walk.facts.bind(target, context, { kind, from });
    return;
  }
  const pending = [target];
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'identifier') walk.facts.bind(node, context, { kind, from });
    else if (GROUPS.has(node.type)) {
      for (const child of node.children) if (isPart(child)) pending.push(child);
    } else {
      noteWrite(walk.facts, node);
      walk.visit(node, context);
    }
  }
}

function noteWrite(facts: FactCollector, node: SyntaxNode): void {
  if (node.type === 'attribute') {
    for (const child of node.children) if (child.field === 'attribute') facts.storedAttributes.add(facts.nameOf(child));
  } else if (node.type === 'subscript' && /^sys\s*\.\s*modules\b/.test(facts.textOf(node))) facts.isDynamic = true;
}
