import { updateSorted } from '../algorithms/update-sorted';
import { compareDiagnostics } from '../diagnostics/compare-diagnostics';
import type { Diagnostic } from '../diagnostics/diagnostic';

type Groups = ReadonlyMap<string, readonly Diagnostic[]>;

const NONE: readonly Diagnostic[] = [];

/** Findings by file, kept in the one order of diagnostics: nobody sorts them all, and who asks for some files looks at those alone. */
export class FindingStore {
  /** Of files with findings, each list in order. */
  private readonly found = new Map<string, readonly Diagnostic[]>();
  /** What only the whole project shows. */
  private shared: Groups = new Map();
  /** Files that have or had findings of their own since `paths` was made: whether it holds them is to be looked at again. */
  private readonly moved = new Set<string>();
  private paths: readonly string[] = [];

  /** Findings of a file's own; none takes it off the list. */
  put(path: string, found: readonly Diagnostic[]): void {
    if (this.found.has(path) !== found.length > 0) this.moved.add(path);
    if (found.length > 0) this.found.set(path, [...found].sort(compareDiagnostics));
    else this.found.delete(path);
  }

  putShared(found: readonly Diagnostic[]): void {
    const groups = new Map<string, Diagnostic[]>();
    for (const diagnostic of found) {
      const group = groups.get(diagnostic.path);
      if (group === undefined) groups.set(diagnostic.path, [diagnostic]);
      else group.push(diagnostic);
    }
    this.shared = groups;
  }

  /** Findings of their own, by file. */
  own(): readonly (readonly [string, readonly Diagnostic[]])[] {
    return [...this.found];
  }

  /** All, or those of some files, in order. */
  list(paths?: readonly string[]): readonly Diagnostic[] {
    return (paths === undefined ? this.allPaths() : [...new Set(paths)].sort()).flatMap((path) => this.at(path));
  }

  private at(path: string): readonly Diagnostic[] {
    const [own, shared] = [this.found.get(path) ?? NONE, this.shared.get(path)];
    return shared === undefined ? own : [...own, ...shared].sort(compareDiagnostics);
  }

  private allPaths(): readonly string[] {
    const paths = this.ownPaths();
    const others = [...this.shared.keys()].filter((path) => !this.found.has(path));
    return others.length === 0 ? paths : updateSorted(paths, new Set(others), new Set());
  }

  private ownPaths(): readonly string[] {
    if (this.moved.size === 0) return this.paths;
    const listed = new Set(this.paths.filter((path) => this.moved.has(path)));
    const come = new Set([...this.moved].filter((path) => this.found.has(path) && !listed.has(path)));
    const gone = new Set([...listed].filter((path) => !this.found.has(path)));
    this.moved.clear();
    this.paths = updateSorted(this.paths, come, gone);
    return this.paths;
  }
}
