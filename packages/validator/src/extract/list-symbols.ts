import { detach } from '../text/detach';
import { describeSymbol } from './describe-symbol';
import type { FactCollector } from './fact-collector';
import type { ModuleSymbol, SymbolKind } from './module-summary';
import type { Binding, BindingKind } from './scope';

/** The names of the module's own scope, sorted. */
export function listSymbols(facts: FactCollector): ReadonlyMap<string, ModuleSymbol> {
  const symbols = new Map<string, ModuleSymbol>();
  for (const name of [...facts.moduleScope.names.keys()].sort()) {
    const { bindings } = facts.moduleScope.names.get(name)!;
    const shown = bindings.find((binding) => !binding.typeCheckingOnly && binding.kind !== 'declaration') ?? bindings[0]!;
    symbols.set(name, {
      name,
      kind: symbolKind(shown.kind),
      status: statusOf(facts, name, bindings),
      signature: detach(signatureOf(facts, shown)),
      ...(bindings.length === 1 && shown.importIndex !== undefined
        ? { origin: { importIndex: shown.importIndex, importedNameIndex: shown.importedNameIndex } }
        : {}),
    });
  }
  return symbols;
}

function statusOf(facts: FactCollector, name: string, bindings: readonly Binding[]): ModuleSymbol['status'] {
  const running = bindings.filter((binding) => !binding.typeCheckingOnly);
  if (running.length === 0) return 'type-checking-only';
  const valued = running.filter((binding) => binding.kind !== 'declaration');
  if (valued.length === 0) return 'declared-only';
  const lasting = valued.filter((binding) => binding.kind !== 'exception');
  if (lasting.length === 0) return 'deleted';
  const removals = facts.moduleScope.deletionsOf(name).filter((span) => span.end > 0);
  return removals.some((span) => lasting.every((binding) => binding.from >= 0 && binding.from < span.start)) ? 'deleted' : 'bound';
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

function signatureOf(facts: FactCollector, binding: Binding): string {
  const statement = binding.importIndex === undefined ? undefined : facts.imports[binding.importIndex];
  if (statement === undefined) return describeSymbol(binding.node, facts.text);
  const module = `${'.'.repeat(statement.level)}${statement.module}`;
  if (binding.importedNameIndex === undefined) return `import ${module}${statement.hasAlias ? ` as ${statement.boundName}` : ''}`;
  const { name, boundName } = statement.names[binding.importedNameIndex]!;
  return `from ${module} import ${name}${name === boundName ? '' : ` as ${boundName}`}`;
}
