import type { ImportResolution } from '../resolve/import-resolution';
import type { ImportResolver } from '../resolve/import-resolver';
import type { AskedModules } from './asked-modules';

/** What an importer gets when it asks a module for a name. */
export type ExportStatus = 'symbol' | 'dynamic' | 'type-checking-only' | 'declared-only' | 'deleted' | 'missing';

export interface StarNames {
  readonly names: ReadonlySet<string>;
  /** False when a dynamic or foreign module is behind it: more names may come. */
  readonly isComplete: boolean;
}

/** Names as seen from outside a module, star imports followed. */
export class ExportLookup {
  constructor(
    private readonly modules: AskedModules,
    private readonly resolver: ImportResolver,
  ) {}

  /** The module's own names and what its star imports bring; submodules are not counted. */
  statusOf(path: string, name: string): ExportStatus {
    const own = this.ownStatus(path, name);
    if (own === 'symbol' || own === 'dynamic') return own;
    const star = this.starNamesInto(path);
    if (star.names.has(name)) return 'symbol';
    return star.isComplete ? own : 'dynamic';
  }

  /** All names an importer can ask for by name. */
  namesOf(path: string): ReadonlySet<string> {
    const names = new Set(this.starNamesInto(path).names);
    for (const name of this.modules.boundNames(path)) names.add(name);
    return names;
  }

  /** What `from module import *` binds. */
  starNamesOf(path: string): StarNames {
    return this.collectStars([path]);
  }

  /** What the star imports at the module's top level bind in it. */
  starNamesInto(path: string): StarNames {
    const { targets, isComplete } = this.starTargets(path);
    const collected = this.collectStars(targets);
    return { names: collected.names, isComplete: collected.isComplete && isComplete };
  }

  private ownStatus(path: string, name: string): ExportStatus {
    const symbol = this.modules.symbolOf(path, name);
    if (symbol?.status === 'bound') return 'symbol';
    const nature = this.modules.natureOf(path);
    if (nature === undefined || nature.isDynamic || nature.hasModuleGetattr) return 'dynamic';
    if (IMPLICIT_ATTRIBUTES.has(name)) return 'symbol';
    return symbol?.status ?? 'missing';
  }

  private starTargets(path: string): { readonly targets: readonly string[]; readonly isComplete: boolean } {
    const targets: string[] = [];
    let isComplete = true;
    for (const statement of this.modules.starsOf(path)) {
      if (statement.typeCheckingOnly) continue;
      const resolution = this.resolver.resolve(statement, path);
      if (resolution.kind === 'module' && resolution.path !== path) targets.push(resolution.path);
      else if (resolution.kind === 'library' && resolution.path !== undefined) targets.push(resolution.path);
      else if (!bringsNothing(resolution)) isComplete = false;
    }
    return { targets, isComplete };
  }

  /** Follows star imports from module to module; a cycle of them is walked once. */
  private collectStars(paths: readonly string[]): StarNames {
    const names = new Set<string>();
    let isComplete = true;
    const seen = new Set<string>();
    const pending = [...paths];
    while (pending.length > 0) {
      const path = pending.pop()!;
      if (seen.has(path)) continue;
      seen.add(path);
      const nature = this.modules.natureOf(path);
      if (nature?.isDynamic !== false) isComplete = false;
      if (nature === undefined) continue;
      const dunderAll = this.modules.dunderAllOf(path);
      if (dunderAll.kind === 'names') for (const name of dunderAll.names) names.add(name);
      else {
        if (dunderAll.kind === 'dynamic') isComplete = false;
        for (const name of this.modules.boundNames(path)) if (!name.startsWith('_')) names.add(name);
        for (const name of this.loadedSubmodules(path)) names.add(name);
        const stars = this.starTargets(path);
        isComplete &&= stars.isComplete;
        pending.push(...stars.targets);
      }
    }
    return { names, isComplete };
  }

  /** `from .b import x` in a package also binds the submodule `b` on it. */
  private loadedSubmodules(path: string): readonly string[] {
    if (!path.endsWith('__init__.py')) return [];
    const module = this.resolver.moduleOf(path);
    const names: string[] = [];
    for (const statement of this.modules.importsOf(path)) {
      if (statement.time === 'call' || statement.typeCheckingOnly) continue;
      const resolution = this.resolver.resolve(statement, path);
      const target = 'module' in resolution ? resolution.module : undefined;
      if (module === undefined || target === undefined || !target.startsWith(`${module}.`)) continue;
      const name = target.slice(module.length + 1).split('.')[0]!;
      if (!name.startsWith('_')) names.push(name);
    }
    return names;
  }
}

/** A namespace package has no names of its own; a star import of the module itself adds none. */
function bringsNothing({ kind }: ImportResolution): boolean {
  return kind === 'namespace-package' || kind === 'module';
}

/** Every module has them. */
export const IMPLICIT_ATTRIBUTES: ReadonlySet<string> = new Set([
  '__name__',
  '__doc__',
  '__file__',
  '__package__',
  '__spec__',
  '__loader__',
  '__dict__',
  '__path__',
  '__builtins__',
  '__annotations__',
  '__class__',
]);
