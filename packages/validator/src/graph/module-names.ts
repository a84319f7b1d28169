import { nearestNames } from '../text/nearest-names';

/** The names of a project's modules, for suggestions. */
export class ModuleNames {
  private readonly bySameLetters = new Map<string, string[]>();
  /** Many files miss the same module. */
  private readonly nearest = new Map<string, readonly string[]>();

  /** `names`: sorted. */
  constructor(private readonly names: readonly string[]) {
    for (const name of names) {
      const folded = name.toLowerCase();
      const same = this.bySameLetters.get(folded);
      if (same === undefined) this.bySameLetters.set(folded, [name]);
      else same.push(name);
    }
  }

  /** One that differs in upper and lower case only is the one; else near names. */
  nearestTo(module: string): readonly string[] {
    const known = this.nearest.get(module);
    if (known !== undefined) return known;
    const found = this.bySameLetters.get(module.toLowerCase()) ?? nearestNames(module, this.names);
    this.nearest.set(module, found);
    return found;
  }
}
