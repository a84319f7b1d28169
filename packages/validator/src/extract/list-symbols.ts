import type { FactCollector } from './fact-collector';
import type { ModuleSymbol, SymbolKind } from './module-summary';
import type { Binding, BindingKind } from './scope';
import { shownBinding } from './shown-binding';

/** The names of the module's own scope, sorted. */
export function listSymbols(facts: FactCollector): ReadonlyMap<string, ModuleSymbol> {
  const symbols = new Map<string, ModuleSymbol>();
  for (const name of [...facts.moduleScope.names.keys()].sort()) {
    const { bindings } = facts.moduleScope.names.get(name)!;
    const { kind, importIndex, importedNameIndex } = shownBinding(bindings);
    const symbol = { name, kind: symbolKind(kind), status: statusOf(facts, name, bindings) };
    const isImport = bindings.length === 1 && importIndex !== undefined;
    symbols.set(name, isImport ? { ...symbol, origin: { importIndex, importedNameIndex } } : symbol);
  }
  return symbols;
}

function statusOf(facts: FactCollector, name: string, bindings: readonly Binding[]): ModuleSymbol['status'] {
  if (isPlain(bindings[0]!, bindings.length) && !facts.moduleScope.isDeleted(name)) return 'bound';
  const running = bindings.filter((binding) => !binding.typeCheckingOnly);
  if (running.length === 0) return 'type-checking-only';
  const valued = running.filter((binding) => binding.kind !== 'declaration');
  if (valued.length === 0) return 'declared-only';
  const lasting = valued.filter((binding) => binding.kind !== 'exception');
  if (lasting.length === 0) return 'deleted';
  const removals = facts.moduleScope.deletionsOf(name).filter((span) => span.end > 0);
  return removals.some((span) => lasting.every((binding) => binding.from >= 0 && binding.from < span.start)) ? 'deleted' : 'bound';
}

/** What nearly all names are. */
function isPlain({ kind, typeCheckingOnly }: Binding, count: number): boolean {
  return count === 1 && !typeCheckingOnly && kind !== 'declaration' && kind !== 'exception';
}

function symbolKind(kind: BindingKind): SymbolKind {
  switch (kind) {
    case 'function':
    case 'class':
    case 'import':
    case 'type-alias':
      return kind;
    default:
      return 'variable';
  }
}
