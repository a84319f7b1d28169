import type { FactCollector } from './fact-collector';
import type { SyntaxFault } from './module-summary';
import type { Scope } from './scope';
import type { ScopeDeclaration } from './scope-declaration';

/** `global` and `nonlocal` that contradict the function they stand in. */
export function findDeclarationFaults(facts: FactCollector): readonly SyntaxFault[] {
  if (facts.declarations.length === 0) return [];
  const firstUses = new Map<Scope, Map<string, number>>();
  for (const { context, name, start } of facts.uses) {
    const names = firstUses.get(context.scope) ?? new Map<string, number>();
    firstUses.set(context.scope, names);
    names.set(name, Math.min(names.get(name) ?? Infinity, start));
  }
  return facts.declarations.flatMap((declaration) => {
    const firstUse = firstUses.get(declaration.scope)?.get(declaration.name) ?? Infinity;
    const message = messageFor(declaration, firstUse, facts.hasSkippedBranches);
    return message === undefined ? [] : [{ span: declaration.span, message, certain: true }];
  });
}

function messageFor(declaration: ScopeDeclaration, firstUse: number, hasSkippedBranches: boolean): string | undefined {
  const { kind, name, span, scope } = declaration;
  const bindings = (scope.names.get(name)?.bindings ?? []).filter((binding) => binding.kind !== 'global');
  if (bindings.some((binding) => binding.kind === 'parameter'))
    return `'${name}' is a parameter and cannot be ${kind} as well: rename one.`;
  if (kind === 'nonlocal' && scope.globals.has(name)) return `'${name}' cannot be both nonlocal and global: remove one.`;
  if (bindings.some((binding) => binding.kind !== 'import' && binding.span.start < span.start)) {
    return `'${name}' is bound before this '${kind}': move the declaration to the function's beginning.`;
  }
  if (firstUse < span.start) return `'${name}' is used before this '${kind}': move the declaration to the function's beginning.`;
  if (kind === 'global' || scope.kind === 'module' || hasSkippedBranches || isBoundAround(scope, name)) return undefined;
  return `No enclosing function binds '${name}', so 'nonlocal' finds nothing: bind it there, or declare it global.`;
}

function isBoundAround(inner: Scope, name: string): boolean {
  for (let scope = inner.parent; scope !== undefined; scope = scope.parent) {
    if (scope.kind === 'class' && name === '__class__') return true;
    if (scope.kind !== 'function' && scope.kind !== 'type-parameters') continue;
    if (scope.globals.has(name)) return false;
    if (scope.names.has(name) || scope.nonlocals.has(name) || scope.isDeleted(name)) return true;
  }
  return false;
}
