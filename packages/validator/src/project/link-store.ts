import type { ModuleSummary } from '../extract/module-summary';
import { linkModule } from '../graph/link-module';
import type { LinkedModule } from '../graph/linked-module';
import { SymbolIndex } from '../graph/symbol-index';
import type { ImportResolver } from '../resolve/import-resolver';

/** Links of all files, and who must be linked again when a file's names change. */
export class LinkStore {
  readonly links = new Map<string, LinkedModule>();
  private readonly keys = new Map<string, string>();
  private readonly dependencies = new Map<string, ReadonlySet<string>>();
  private readonly dependents = new Map<string, Set<string>>();
  private readonly problems = new Set<string>();
  private readonly symbols = new SymbolIndex();
  private readonly stores = new Map<string, number>();

  constructor(private readonly summaries: ReadonlyMap<string, ModuleSummary>) {}

  /** Takes over what a file defines, before anything is linked. */
  replaceSummary(path: string, before: ModuleSummary | undefined, after: ModuleSummary | undefined): void {
    if (before !== undefined) this.symbols.remove(path, before);
    if (after !== undefined) this.symbols.add(path, after);
    for (const name of before?.storedAttributes ?? []) this.stores.set(name, this.stores.get(name)! - 1);
    for (const name of after?.storedAttributes ?? []) this.stores.set(name, (this.stores.get(name) ?? 0) + 1);
    if (after === undefined) this.forget(path);
  }

  /** Files to link again when these files' names changed, or only how definitions are shown. */
  affectedBy(changed: readonly string[], isShownAnew: boolean): ReadonlySet<string> {
    const affected = new Set<string>(changed.length > 0 || isShownAnew ? this.problems : []);
    for (const path of changed) for (const dependent of this.dependents.get(path) ?? []) affected.add(dependent);
    return affected;
  }

  /** Returns whether the link is another than before. */
  relink(path: string, resolver: ImportResolver, modules: () => readonly string[]): boolean {
    const { linked, dependencies, hasProblems } = linkModule(path, this.summaries.get(path)!, {
      summaries: this.summaries,
      resolver,
      symbols: this.symbols,
      isStored: (name) => (this.stores.get(name) ?? 0) > 0,
      modules,
    });
    this.forgetDependencies(path);
    this.dependencies.set(path, dependencies);
    for (const target of dependencies) {
      const known = this.dependents.get(target);
      if (known === undefined) this.dependents.set(target, new Set([path]));
      else known.add(path);
    }
    if (hasProblems) this.problems.add(path);
    else this.problems.delete(path);
    const key = JSON.stringify(linked);
    const isChanged = this.keys.get(path) !== key;
    this.links.set(path, linked);
    this.keys.set(path, key);
    return isChanged;
  }

  private forget(path: string): void {
    this.forgetDependencies(path);
    this.dependencies.delete(path);
    this.links.delete(path);
    this.keys.delete(path);
    this.problems.delete(path);
  }

  private forgetDependencies(path: string): void {
    for (const target of this.dependencies.get(path) ?? []) this.dependents.get(target)?.delete(path);
  }
}
