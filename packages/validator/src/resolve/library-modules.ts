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
  /** First part of a module's name → the libraries that have something below it. */
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

  /** The libraries that may be meant by a module: those that have it, or else something below its first part. Sorted. */
  ownersOf(module: string): readonly string[] {
    const location = this.find(module);
    const exact = location.kind === 'module' ? this.modules.get(location.path) : undefined;
    if (exact !== undefined && !exact.isShared) return [exact.library];
    const owners = [...(this.owners.get(topOf(module)) ?? [])].sort();
    const inner = owners.filter((library) =>
      this.libraries.get(library)!.modules.some(({ names }) => names.some((name) => isWithin(name, module))),
    );
    return inner.length > 0 ? inner : owners;
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

  /** Why a module is not there: `missing` for certain, or it `may-lie-elsewhere`. */
  absenceOf(module: string, declared: ReadonlySet<string>): 'missing' | 'may-lie-elsewhere' {
    const parts = module.split('.');
    if (parts.slice(1).some(isTestModule)) return 'may-lie-elsewhere';
    const isShared = (this.owners.get(parts[0]!)?.size ?? 0) > 1;
    const isClosed = parts.some((_, index) => this.find(parts.slice(0, index + 1).join('.')).kind === 'module');
    return (isClosed && !isShared) || this.isAllKnown(declared) ? 'missing' : 'may-lie-elsewhere';
  }

  /** Whether everything that is installed, as far as manifests tell, is a library here or known for its modules. */
  private isAllKnown(declared: ReadonlySet<string>): boolean {
    const required = [...declared, ...[...this.libraries.values()].flatMap(({ requires }) => requires)];
    return required.every((distribution) => KNOWN_DISTRIBUTIONS.has(distribution) || this.isLibrary(distribution));
  }

  private noteOwner(module: string, library: string): void {
    const top = topOf(module);
    const owners = this.owners.get(top);
    if (owners === undefined) this.owners.set(top, new Set([library]));
    else owners.add(library);
  }
}

function pathOf(module: string, { path }: SurfaceModule): string {
  const stem = `${FOLDER}/${module.replaceAll('.', '/')}`;
  return path === '__init__.py' || path.endsWith('/__init__.py') ? `${stem}/__init__.py` : `${stem}.py`;
}

function topOf(module: string): string {
  return module.split('.', 1)[0]!;
}

function isWithin(module: string, outer: string): boolean {
  return module === outer || module.startsWith(`${outer}.`);
}
