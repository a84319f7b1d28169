import type { ModuleSummary } from '../extract/module-summary';

/** Which files define a name themselves (imports do not count), for suggestions across the project. */
export class SymbolIndex {
  private readonly definers = new Map<string, Set<string>>();

  /** Takes over what a file defines; returns the names it defines from now on, or no longer. */
  replace(path: string, before: ModuleSummary | undefined, after: ModuleSummary | undefined): readonly string[] {
    const [known, now] = [new Set(definedNames(before)), new Set(definedNames(after))];
    const gone = [...known].filter((name) => !now.has(name));
    const added = [...now].filter((name) => !known.has(name));
    for (const name of gone) this.definers.get(name)?.delete(path);
    for (const name of added) {
      const files = this.definers.get(name);
      if (files === undefined) this.definers.set(name, new Set([path]));
      else files.add(path);
    }
    return [...gone, ...added];
  }

  /** Sorted. */
  definersOf(name: string): readonly string[] {
    return [...(this.definers.get(name) ?? [])].sort();
  }
}

function* definedNames(summary: ModuleSummary | undefined): Iterable<string> {
  for (const symbol of summary?.symbols.values() ?? []) if (symbol.status === 'bound' && symbol.kind !== 'import') yield symbol.name;
}
