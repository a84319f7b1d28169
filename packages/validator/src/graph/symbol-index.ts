import type { ModuleSummary } from '../extract/module-summary';

/** Which files define a name themselves (imports do not count), for suggestions across the project. */
export class SymbolIndex {
  private readonly definers = new Map<string, Set<string>>();

  add(path: string, summary: ModuleSummary): void {
    for (const name of definedNames(summary)) {
      const known = this.definers.get(name);
      if (known === undefined) this.definers.set(name, new Set([path]));
      else known.add(path);
    }
  }

  remove(path: string, summary: ModuleSummary): void {
    for (const name of definedNames(summary)) this.definers.get(name)?.delete(path);
  }

  definersOf(name: string): readonly string[] {
    return [...(this.definers.get(name) ?? [])].sort();
  }
}

function* definedNames(summary: ModuleSummary): Iterable<string> {
  for (const symbol of summary.symbols.values()) if (symbol.status === 'bound' && symbol.kind !== 'import') yield symbol.name;
}
