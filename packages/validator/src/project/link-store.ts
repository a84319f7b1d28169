import { isEqual } from '../algorithms/is-equal';
import type { ModuleSummary } from '../extract/module-summary';
import { AskedModules, changedAnswers } from '../graph/asked-modules';
import { linkModule } from '../graph/link-module';
import type { LinkedModule } from '../graph/linked-module';
import { SymbolIndex } from '../graph/symbol-index';
import { librarySummary } from '../graph/library-summary';
import type { ImportResolver } from '../resolve/import-resolver';
import type { LibraryModules } from '../resolve/library-modules';

export interface LinkChange {
  readonly isChanged: boolean;
  /** What its imports mean is another thing; false when only its calls, attributes or hints are linked otherwise. */
  readonly isMeantAnew: boolean;
}

interface LinkStoreOptions {
  /** They are fixed: nothing that is asked of them has another answer later. */
  readonly libraries: LibraryModules | undefined;
  /** Nothing else has another answer later either, so that no questions are kept. */
  readonly isFinal: boolean | undefined;
}

/** Links of all files. Each keeps the questions it asked, so that it is made again only when one of them has another answer. */
export class LinkStore {
  readonly links = new Map<string, LinkedModule>();
  private readonly questions = new Map<string, ReadonlySet<string>>();
  private readonly askers = new Map<string, Set<string>>();
  /** Files whose names a link asked for. */
  private readonly sources = new Map<string, ReadonlySet<string>>();
  private readonly symbols = new SymbolIndex();
  private readonly stores = new Map<string, number>();

  private readonly libraries = new Map<string, ModuleSummary>();
  private readonly storedInLibraries: ReadonlySet<string>;

  private readonly isFinal: boolean;

  constructor(
    private readonly summaries: ReadonlyMap<string, ModuleSummary>,
    { libraries, isFinal = false }: LinkStoreOptions,
  ) {
    this.isFinal = isFinal;
    for (const [path, module] of libraries?.modules ?? []) {
      const summary = librarySummary(module);
      this.libraries.set(path, summary);
      this.symbols.replace(path, undefined, summary);
    }
    this.storedInLibraries = libraries?.storedNames ?? new Set();
  }

  /** Takes over what a file defines, before anything is linked; returns the questions that have another answer now. */
  replaceSummary(path: string, before: ModuleSummary | undefined, after: ModuleSummary | undefined): readonly string[] {
    if (after === undefined) this.forget(path);
    const defined = this.symbols.replace(path, before, after).map(definersQuestion);
    const stored = this.replaceStores(before, after).map(storedQuestion);
    return [...changedAnswers(before, after).map((question) => fileQuestion(path, question)), ...defined, ...stored];
  }

  /** Files whose links asked one of these. */
  affectedBy(questions: Iterable<string>): ReadonlySet<string> {
    const affected = new Set<string>();
    for (const question of questions) for (const path of this.askers.get(question) ?? []) affected.add(path);
    return affected;
  }

  /** Tells how the link differs from the one before. */
  relink(path: string, resolver: ImportResolver, nearestModules: (module: string) => readonly string[]): LinkChange {
    const questions = this.isFinal ? undefined : new Set<string>();
    const sources = new Set<string>();
    const summaries = { get: (path: string) => this.summaries.get(path) ?? this.libraries.get(path) };
    const modules = new AskedModules(summaries, (source, question) => {
      sources.add(source);
      questions?.add(fileQuestion(source, question));
    });
    const linked = resolver.finder.record(questions, () =>
      linkModule(path, this.summaries.get(path)!, {
        modules,
        resolver,
        definersOf: (name) => {
          questions?.add(definersQuestion(name));
          return this.symbols.definersOf(name);
        },
        isStored: (name) => {
          questions?.add(storedQuestion(name));
          return (this.stores.get(name) ?? 0) > 0 || this.storedInLibraries.has(name);
        },
        nearestModules: (module) => {
          questions?.add(nearestQuestion(module));
          return nearestModules(module);
        },
      }),
    );
    if (questions !== undefined) this.takeQuestions(path, questions);
    this.sources.set(path, sources);
    const known = this.links.get(path);
    this.links.set(path, linked);
    const isMeantAnew = known === undefined || known.module !== linked.module || !isEqual(known.imports, linked.imports);
    return { isMeantAnew, isChanged: isMeantAnew || !isEqual(known, linked) };
  }

  /** Files that what is said of this file's imports rests on: those asked for names, and those hints point to. */
  foundations(path: string): ReadonlySet<string> {
    const files = new Set(this.sources.get(path));
    for (const { names } of this.links.get(path)?.imports ?? [])
      for (const { name, boundBy } of names)
        if (boundBy !== undefined) for (const definer of this.symbols.definersOf(name).slice(0, boundBy.length + 1)) files.add(definer);
    return files;
  }

  /** Returns the names that are stored from now on, or no longer. */
  private replaceStores(before: ModuleSummary | undefined, after: ModuleSummary | undefined): readonly string[] {
    const names = new Set([...(before?.storedAttributes ?? []), ...(after?.storedAttributes ?? [])]);
    return [...names].filter((name) => {
      const known = this.stores.get(name) ?? 0;
      const count = known + Number(after?.storedAttributes.has(name) === true) - Number(before?.storedAttributes.has(name) === true);
      this.stores.set(name, count);
      return known > 0 !== count > 0;
    });
  }

  private forget(path: string): void {
    this.takeQuestions(path, new Set());
    this.questions.delete(path);
    this.sources.delete(path);
    this.links.delete(path);
  }

  private takeQuestions(path: string, questions: ReadonlySet<string>): void {
    for (const question of this.questions.get(path) ?? []) if (!questions.has(question)) removeFrom(this.askers, question, path);
    for (const question of questions) addTo(this.askers, question, path);
    this.questions.set(path, questions);
  }
}

/** Which modules have a name near to that of a missing one. */
export function nearestQuestion(module: string): string {
  return `nearest\0${module}`;
}

function definersQuestion(name: string): string {
  return `definers\0${name}`;
}

function storedQuestion(name: string): string {
  return `stored\0${name}`;
}

function fileQuestion(path: string, question: string): string {
  return `${path}\0${question}`;
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
