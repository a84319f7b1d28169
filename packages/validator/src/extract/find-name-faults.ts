import { BUILTIN_NAMES } from '../python/builtin-names.data';
import type { SyntaxNode } from '../parse/syntax-node';
import type { Span } from '../text/span';
import type { FactCollector } from './fact-collector';
import { findBinding, type FoundBinding } from './find-binding';
import type { NameFault } from './module-summary';
import type { Binding, NameUse, Scope } from './scope';

const IMPLICIT_NAMES = new Set(['__class__', '__module__', '__qualname__', '__firstlineno__', '__static_attributes__', '__classdict__']);

/** Every use of a name that fails when it runs, in source order; one fault per name and scope. */
export function findNameFaults(facts: FactCollector): readonly NameFault[] {
  if (facts.isDynamic) return [];
  const seen = new Map<Scope, Set<string>>();
  const faults: NameFault[] = [];
  const probed = new Set(facts.uses.filter(({ guard }) => guard === 'certainly').map(({ name }) => name));
  for (const use of facts.uses) {
    if (use.guard === 'certainly' || use.typeCheckingOnly) continue;
    const found = faultOf(use);
    if (found === undefined) continue;
    const fault = found.mayComeFromStar && runsBeforeStars(use, facts) ? { ...found, mayComeFromStar: false } : found;
    const names = seen.get(use.scope) ?? new Set<string>();
    seen.set(use.scope, names);
    if (!names.has(use.name)) faults.push(probed.has(use.name) ? { ...fault, certain: false } : fault);
    names.add(use.name);
  }
  return faults.sort((left, right) => left.span.start - right.span.start);
}

/** A star import further down brings nothing to a statement that has already run. */
function runsBeforeStars(use: NameUse, facts: FactCollector): boolean {
  if (use.lazy || use.loop !== undefined || !isEager(use.scope, facts.moduleScope)) return false;
  return facts.imports.every(({ kind, time, span }) => kind !== 'star' || (time === 'load' && span.start > use.span.start));
}

function faultOf(use: NameUse): NameFault | undefined {
  const found = findBinding(use);
  const isBuiltin = BUILTIN_NAMES.has(use.name) || IMPLICIT_NAMES.has(use.name);
  if (found === undefined) return isBuiltin ? undefined : fault(use, 'undefined', undefined);
  const live = found.bindings.filter((binding) => !binding.typeCheckingOnly);
  const first = found.bindings[0]!;
  if (found.scope.kind === 'module' && isBuiltin) return undefined;
  if (live.length === 0) return use.lazy ? undefined : fault(use, 'type-checking-only', first);
  if (live.every((binding) => binding.kind === 'exception' && !isInside(use.span, clauseOf(binding.node)))) {
    return fault(use, 'exception-variable', first);
  }
  if (use.lazy || !isEager(use.scope, found.scope)) return undefined;
  return orderFault(use, found, live);
}

/** Faults of order, only where the use runs in the same straight run of statements as the bindings. */
function orderFault(use: NameUse, { scope, bindings }: FoundBinding, live: readonly Binding[]): NameFault | undefined {
  const horizon = use.loop === undefined ? use.span.start : use.loop.end;
  if (
    live.every((binding) => binding.from > horizon) &&
    bindings.every((binding) => binding.kind !== 'declaration' || scope.kind === 'function' || binding.span.start > horizon)
  ) {
    return scope.kind === 'class' ? undefined : fault(use, 'not-yet-bound', live[0]);
  }
  const removed = scope.deletions.get(use.name)?.find((span) => span.end > 0 && span.end < use.span.start);
  if (removed === undefined || use.loop !== undefined || scope.kind === 'class') return undefined;
  const isBoundAgain = live.some(
    (binding) => binding.kind === 'global' || (binding.from > removed.start && binding.from <= use.span.start),
  );
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
  const certain = !use.lazy && use.guard === 'none';
  const mayComeFromStar = binding === undefined || findBinding(use)?.scope.kind === 'module';
  return { kind, mayComeFromStar, name: use.name, span: use.span, certain, bindingOffset: binding?.span.start };
}

function clauseOf(node: SyntaxNode): Span {
  let current: SyntaxNode = node;
  while (current.parent !== undefined && !current.type.startsWith('except')) current = current.parent;
  return current;
}

function isInside(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
