import { KNOWN_DISTRIBUTIONS } from './find-distribution';
import { parseDistributionName } from '../python/distribution-name';
import { isTestModule } from './list-test-folders';
import { ModuleFinder, type ModuleLocation } from './module-finder';
import type { ProjectSurface, SurfaceModule } from './project-surface';

/** Where modules of libraries are looked for; no path of a project begins like this. */
const FOLDER = '<libraries>';

/** One module of the libraries. */
export interface LibraryModule {
  /** The library as whoever checks calls it; the first when several have a module of that name. */
  readonly library: string;
  readonly module: string;
  readonly surface: SurfaceModule;
  /** Several libraries have it: which one Python finds depends on how they are installed. */
  readonly isShared: boolean;
}

/** The modules of other projects, as if all of them lay in one folder of installed packages. */
export class LibraryModules {
  readonly finder: ModuleFinder;
  /** By a path of our own, under which summaries of them are known. */
  readonly modules: ReadonlyMap<string, LibraryModule>;
  /** A module or package, namespace packages too → the libraries that have it or something below it. */
  private readonly owners = new Map<string, Set<string>>();

  constructor(private readonly libraries: ReadonlyMap<string, ProjectSurface>) {
    const modules = new Map<string, LibraryModule>();
    const known = new Map<string, string>();
    for (const library of [...libraries.keys()].sort()) {
      for (const surface of libraries.get(library)!.modules) {
        for (const module of surface.names) {
          this.noteOwner(module, library);
          const other = known.get(module);
          const path = other ?? pathOf(module, surface);
          known.set(module, path);
          modules.set(
            path,
            other === undefined ? { library, module, surface, isShared: false } : { ...modules.get(other)!, isShared: true },
          );
        }
      }
    }
    this.modules = modules;
    this.finder = new ModuleFinder(new Set(modules.keys()), [FOLDER]);
  }

  /** Names that libraries' code puts on modules from outside; with a dot as well, as facts have those that are written at module level. */
  get storedNames(): ReadonlySet<string> {
    return new Set([...this.libraries.values()].flatMap(({ stored }) => stored.flatMap((name) => [name, `.${name}`])));
  }

  find(module: string): ModuleLocation {
    return this.finder.find(module);
  }

  /** The libraries that may be meant by a module: those that have it or something below it, else those that have the nearest package above. Sorted. */
  ownersOf(module: string): readonly string[] {
    const location = this.find(module);
    const exact = location.kind === 'module' ? this.modules.get(location.path) : undefined;
    if (exact !== undefined && !exact.isShared) return [exact.library];
    const nearest = prefixesOf(module).findLast((prefix) => this.owners.has(prefix));
    return nearest === undefined ? [] : [...this.owners.get(nearest)!].sort();
  }

  /** The name its own manifest gives it. */
  ownNameOf(library: string): string | undefined {
    return this.libraries.get(library)!.distribution;
  }

  /** How another manifest may name a library. */
  distributionNamesOf(library: string): readonly string[] {
    const names = [this.ownNameOf(library), parseDistributionName(library)];
    return names.filter((name) => name !== undefined);
  }

  /** Whether a distribution is one of the libraries. */
  isLibrary(distribution: string): boolean {
    return [...this.libraries.keys()].some((library) => this.distributionNamesOf(library).includes(distribution));
  }

  /** Why a module is not there: it is `missing` for certain, or it `may-lie-elsewhere`. `required`: what the asking project needs itself. */
  absenceOf(module: string, required: ReadonlySet<string>): 'missing' | 'may-lie-elsewhere' {
    const prefixes = prefixesOf(module);
    if (module.split('.').slice(1).some(isTestModule)) return 'may-lie-elsewhere';
    const closed = prefixes.find((prefix) => this.find(prefix).kind === 'module');
    const isOfOne = closed !== undefined && this.owners.get(closed)!.size === 1;
    return isOfOne || this.isAllKnown(required) ? 'missing' : 'may-lie-elsewhere';
  }

  /** Whether everything that is installed, as far as manifests tell, is a library here or known for its modules. */
  private isAllKnown(required: ReadonlySet<string>): boolean {
    const all = [...required, ...[...this.libraries.values()].flatMap(({ requires }) => requires)];
    return all.every((distribution) => KNOWN_DISTRIBUTIONS.has(distribution) || this.isLibrary(distribution));
  }

  private noteOwner(module: string, library: string): void {
    for (const prefix of prefixesOf(module)) {
      const owners = this.owners.get(prefix);
      if (owners === undefined) this.owners.set(prefix, new Set([library]));
      else owners.add(library);
    }
  }
}

function pathOf(module: string, { path }: SurfaceModule): string {
  const stem = `${FOLDER}/${module.replaceAll('.', '/')}`;
  return path === '__init__.py' || path.endsWith('/__init__.py') ? `${stem}/__init__.py` : `${stem}.py`;
}

/** `a`, `a.b`, `a.b.c` */
function prefixesOf(module: string): readonly string[] {
  const parts = module.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}
