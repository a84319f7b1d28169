import { isStdlibModule } from '../python/is-stdlib-module';
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
      noteWrite(walk.facts, node, context);
      walk.visit(node, context);
    }
  }
}

/** At module level, `base.dialect = …` gives a module a name that others import: kept with its dot as well. */
function noteWrite(facts: FactCollector, node: SyntaxNode, { scope }: WalkContext): void {
  if (node.type === 'attribute') {
    const isPlain = scope.kind === 'module' && node.children[0]?.type === 'identifier';
    for (const child of node.children) {
      if (child.field !== 'attribute') continue;
      facts.storedAttributes.add(facts.nameOf(child));
      if (isPlain) facts.storedAttributes.add(`.${facts.nameOf(child)}`);
    }
  } else if (node.type === 'subscript' && isModuleTable(facts, node)) {
    facts.isDynamic = true;
    facts.makesModules = true;
  }
}

/** `sys.modules[…]`; another module under a name of the standard library, as in `sys.modules["sqlite3"]`, is none below this one. */
function isModuleTable(facts: FactCollector, node: SyntaxNode): boolean {
  const found = /^sys\s*\.\s*modules\b(?:\s*\[\s*["'](\w+)["']\s*\]$)?/.exec(facts.textOf(node));
  return found !== null && !(found[1] !== undefined && isStdlibModule(found[1], facts.version));
}
