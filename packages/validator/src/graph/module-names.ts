import { foldName, nearestFolded, nearestNames, type FoldedName } from '../text/nearest-names';

interface CountedName extends FoldedName {
  /** How many files have it. */
  files: number;
}

/** The names of a project's modules, for suggestions. */
export class ModuleNames {
  private readonly names = new Map<string, CountedName>();
  private readonly bySameLetters = new Map<string, Set<string>>();
  /** Many files miss the same module. */
  private readonly nearest = new Map<string, readonly string[]>();

  constructor(names: Iterable<string>) {
    for (const name of names) this.add(name);
  }

  /** One that differs in upper and lower case only is the one; else near names. */
  nearestTo(module: string): readonly string[] {
    const known = this.nearest.get(module);
    if (known !== undefined) return known;
    const same = this.bySameLetters.get(module.toLowerCase());
    const found = same === undefined ? nearestFolded(module, this.names.values()) : [...same].sort();
    this.nearest.set(module, found);
    return found;
  }

  /** Takes over names that came (`true`) or went; returns the modules asked for before that have other near ones now. */
  update(moved: readonly (readonly [string, boolean])[]): readonly string[] {
    const changed = moved.filter(([name, isThere]) => (isThere ? this.add(name) : this.remove(name)));
    const affected = [...this.nearest].filter(([asked, near]) =>
      changed.some(([name, isThere]) => changesNearest(asked, near, name, isThere)),
    );
    for (const [asked] of affected) this.nearest.delete(asked);
    return affected.map(([asked]) => asked);
  }

  /** Returns whether no file had that name. */
  private add(name: string): boolean {
    const known = this.names.get(name);
    if (known !== undefined) {
      known.files += 1;
      return false;
    }
    const one = { ...foldName(name), files: 1 };
    this.names.set(name, one);
    const same = this.bySameLetters.get(one.folded);
    if (same === undefined) this.bySameLetters.set(one.folded, new Set([name]));
    else same.add(name);
    return true;
  }

  /** Returns whether no file has that name any more. */
  private remove(name: string): boolean {
    const known = this.names.get(name);
    if (known !== undefined && known.files > 1) {
      known.files -= 1;
      return false;
    }
    this.names.delete(name);
    const folded = name.toLowerCase();
    const same = this.bySameLetters.get(folded);
    same?.delete(name);
    if (same?.size === 0) this.bySameLetters.delete(folded);
    return true;
  }
}

/** Whether a name that came or went can make the near ones others. */
function changesNearest(asked: string, near: readonly string[], name: string, isThere: boolean): boolean {
  if (!isThere) return near.includes(name);
  const folded = asked.toLowerCase();
  if (folded === name.toLowerCase()) return true;
  return near[0]?.toLowerCase() !== folded && nearestNames(asked, [...near, name]).includes(name);
}
