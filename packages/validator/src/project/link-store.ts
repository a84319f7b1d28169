import type { ModuleSummary } from '../extract/module-summary';
import { linkModule } from '../graph/link-module';
import type { LinkedModule } from '../graph/linked-module';
import { SymbolIndex } from '../graph/symbol-index';
import type { ImportResolver } from '../resolve/import-resolver';

export interface LinkChange {
  readonly isChanged: boolean;
  /** What its imports mean is another thing; false when only its calls, attributes or hints are linked otherwise. */
  readonly isMeantAnew: boolean;
}

/** Links of all files, and who must be linked again when a file's names change. */
export class LinkStore {
  readonly links = new Map<string, LinkedModule>();
  private readonly dependencies = new Map<string, ReadonlySet<string>>();
  private readonly dependents = new Map<string, Set<string>>();
  private readonly problems = new Set<string>();
  /** Questions about where modules are, by the file whose link asked them, and the other way round. */
  private readonly probes = new Map<string, ReadonlySet<string>>();
  private readonly askers = new Map<string, Set<string>>();
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

  /** Files to link again when these paths came or went: those that found or missed something there, and those with problems. */
  affectedByMoves(moved: readonly string[], resolver: ImportResolver, before: ImportResolver): ReadonlySet<string> {
    const affected = new Set(this.problems);
    for (const probe of resolver.finder.answeredAnew(this.askers.keys(), before.finder, moved))
      for (const path of this.askers.get(probe)!) affected.add(path);
    return affected;
  }

  /** Tells how the link differs from the one before. */
  relink(path: string, resolver: ImportResolver, modules: () => readonly string[]): LinkChange {
    const probes = new Set<string>();
    const { linked, dependencies, hasProblems } = resolver.finder.record(probes, () =>
      linkModule(path, this.summaries.get(path)!, {
        summaries: this.summaries,
        resolver,
        symbols: this.symbols,
        isStored: (name) => (this.stores.get(name) ?? 0) > 0,
        modules,
      }),
    );
    this.forgetDependencies(path);
    this.dependencies.set(path, dependencies);
    for (const target of dependencies) addTo(this.dependents, target, path);
    this.probes.set(path, probes);
    for (const probe of probes) addTo(this.askers, probe, path);
    if (hasProblems) this.problems.add(path);
    else this.problems.delete(path);
    const known = this.links.get(path);
    this.links.set(path, linked);
    return {
      isChanged: known === undefined || JSON.stringify(known) !== JSON.stringify(linked),
      isMeantAnew: known === undefined || JSON.stringify([known.module, known.imports]) !== JSON.stringify([linked.module, linked.imports]),
    };
  }

  private forget(path: string): void {
    this.forgetDependencies(path);
    this.dependencies.delete(path);
    this.probes.delete(path);
    this.links.delete(path);
    this.problems.delete(path);
  }

  private forgetDependencies(path: string): void {
    for (const target of this.dependencies.get(path) ?? []) removeFrom(this.dependents, target, path);
    for (const probe of this.probes.get(path) ?? []) removeFrom(this.askers, probe, path);
  }
}

function addTo(index: Map<string, Set<string>>, key: string, value: string): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, new Set([value]));
  else known.add(value);
}

function removeFrom(index: Map<string, Set<string>>, key: string, value: string): void {
  const known = index.get(key);
  if (known?.delete(value) === true && known.size === 0) index.delete(key);
}
