import { BUILTIN_NAMES } from '../python/builtin-names.data';
import type { SyntaxNode } from '../parse/syntax-node';
import type { Span } from '../text/span';
import type { FactCollector } from './fact-collector';
import type { NameFault } from './module-summary';
import type { NameUse } from './name-use';
import type { Binding, BoundName, Scope } from './scope';

const IMPLICIT_NAMES = new Set(['__class__', '__module__', '__qualname__', '__firstlineno__', '__static_attributes__', '__classdict__']);

/** Every use of a name that fails when it runs, in source order; one fault per name and scope. */
export function findNameFaults(facts: FactCollector): readonly NameFault[] {
  if (facts.isDynamic) return [];
  const seen = new Map<Scope, Set<string>>();
  const faults: NameFault[] = [];
  const probed = probedNames(facts);
  for (const use of facts.uses) {
    const { context } = use;
    if (context.nameGuard === 'certainly' || context.typeCheckingOnly) continue;
    const found = faultOf(use);
    if (found === undefined) continue;
    const fault = found.mayComeFromStar && runsBeforeStars(use, facts) ? { ...found, mayComeFromStar: false } : found;
    const names = seen.get(context.scope) ?? new Set<string>();
    seen.set(context.scope, names);
    if (!names.has(use.name)) faults.push(probed.has(use.name) ? { ...fault, certain: false } : fault);
    names.add(use.name);
  }
  return faults.sort((left, right) => left.span.start - right.span.start);
}

function probedNames({ uses }: FactCollector): ReadonlySet<string> {
  const probed = new Set<string>();
  for (const { name, context } of uses) if (context.nameGuard === 'certainly') probed.add(name);
  return probed;
}

function isBuiltin(name: string): boolean {
  return BUILTIN_NAMES.has(name) || IMPLICIT_NAMES.has(name);
}

/** A star import further down brings nothing to a statement that has already run. */
function runsBeforeStars({ context, start }: NameUse, facts: FactCollector): boolean {
  if (context.lazy || context.loop !== undefined || !isEager(context.scope, facts.moduleScope)) return false;
  return facts.imports.every(({ kind, time, span }) => kind !== 'star' || (time === 'load' && span.start > start));
}

function faultOf(use: NameUse): NameFault | undefined {
  const { found, context } = use;
  if (found === undefined) return isBuiltin(use.name) ? undefined : fault(use, 'undefined', undefined);
  if (isPlain(use, found)) return undefined;
  const live = found.bindings.filter((binding) => !binding.typeCheckingOnly);
  const first = found.bindings[0]!;
  if (found.scope.kind === 'module' && isBuiltin(use.name)) return undefined;
  if (live.length === 0) return context.lazy ? undefined : fault(use, 'type-checking-only', first);
  if (live.every((binding) => binding.kind === 'exception' && !isInside(use, clauseOf(binding.node)))) {
    return fault(use, 'exception-variable', first);
  }
  if (context.lazy || !isEager(context.scope, found.scope)) return undefined;
  return orderFault(use, found, live);
}

/** What nearly all uses are: of a name that is bound before in the text, and is there for good. */
function isPlain({ name, start }: NameUse, { scope, bindings }: BoundName): boolean {
  const { from, kind, typeCheckingOnly } = bindings[0]!;
  return from <= start && kind !== 'exception' && kind !== 'declaration' && !typeCheckingOnly && !scope.isDeleted(name);
}

/** Faults of order, only where the use runs in the same straight run of statements as the bindings. */
function orderFault(use: NameUse, { scope, bindings }: BoundName, live: readonly Binding[]): NameFault | undefined {
  const { loop } = use.context;
  const horizon = loop === undefined ? use.start : loop.end;
  if (
    live.every((binding) => binding.from > horizon) &&
    bindings.every((binding) => binding.kind !== 'declaration' || scope.kind === 'function' || binding.span.start > horizon)
  ) {
    return scope.kind === 'class' ? undefined : fault(use, 'not-yet-bound', live[0]);
  }
  const removed = scope.deletionsOf(use.name).find((span) => span.end > 0 && span.end < use.start);
  if (removed === undefined || loop !== undefined || scope.kind === 'class') return undefined;
  const isBoundAgain = live.some((binding) => binding.kind === 'global' || (binding.from > removed.start && binding.from <= use.start));
  return live.some((binding) => binding.from < removed.start) && !isBoundAgain ? fault(use, 'deleted', live[0]) : undefined;
}

/** Whether code in `inner` runs at its place in the text, as part of `outer`'s statements. */
function isEager(inner: Scope, outer: Scope): boolean {
  for (let scope: Scope | undefined = inner; scope !== undefined; scope = scope.parent) {
    if (scope === outer) return true;
    if (scope.kind === 'function' || scope.kind === 'generator') return false;
  }
  return false;
}

function fault(use: NameUse, kind: NameFault['kind'], binding: Binding | undefined): NameFault {
  const { lazy, nameGuard } = use.context;
  const certain = !lazy && (nameGuard === 'none' || nameGuard === 'attribute');
  const mayComeFromStar = binding === undefined || use.found?.scope.kind === 'module';
  const span = { start: use.start, end: use.end };
  return { kind, mayComeFromStar, name: use.name, span, certain, bindingOffset: binding?.span.start };
}

function clauseOf(node: SyntaxNode): Span {
  let current: SyntaxNode = node;
  while (current.parent !== undefined && !current.type.startsWith('except')) current = current.parent;
  return current;
}

function isInside(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
