import type { ImportStatement } from '../extract/import-statement';
import { parseDistributionName } from '../python/distribution-name';
import { modulePathToName } from '../python/module-path';
import { isStdlibModule } from '../python/is-stdlib-module';
import type { PythonVersion } from '../python/python-version';
import { relativeModuleName } from '../python/relative-module-name';
import { ALWAYS_LOADED_MODULES } from '../python/stdlib-modules.data';
import { findDistribution, type DistributionResolution } from './find-distribution';
import type { ImportResolution } from './import-resolution';
import { folderOf } from './join-path';
import { isTestFile, listTestFolders } from './list-test-folders';
import type { LibraryModules } from './library-modules';
import { ModuleFinder, type ModuleLocation } from './module-finder';
import type { Requirements } from './requirements';

export interface ImportResolverOptions {
  readonly files: ReadonlySet<string>;
  readonly roots: readonly string[];
  readonly version: PythonVersion;
  readonly requirements: Requirements;
  /** Other projects whose surfaces are known. */
  readonly libraries?: LibraryModules | undefined;
}

interface Places {
  /** Innermost first; a root that is a package itself comes last, because its files have a name in that package. */
  readonly namingRoots: readonly string[];
  /** Folders pytest puts on the path for the tests below them. */
  readonly testFolders: readonly string[];
}

function readPlaces(files: ReadonlySet<string>, roots: readonly string[]): Places {
  const isPackage = (root: string): number => Number(files.has(`${root}/__init__.py`));
  return {
    namingRoots: [...roots].sort((left, right) => isPackage(left) - isPackage(right) || right.length - left.length),
    testFolders: [...listTestFolders(files)].sort(),
  };
}

/** Answers what an import means, from the list of files alone; it reads no text. */
export class ImportResolver {
  readonly finder: ModuleFinder;
  private readonly options: ImportResolverOptions;
  private readonly modules = new Map<string, string>();
  private readonly places: Places;
  private readonly distributions = new Map<string, DistributionResolution>();
  /** Distributions the project needs, itself left out. */
  private readonly required: ReadonlySet<string>;

  constructor(options: ImportResolverOptions) {
    this.options = options;
    this.finder = new ModuleFinder(options.files, options.roots);
    this.places = readPlaces(options.files, options.roots);
    const { declared, ownName } = options.requirements;
    this.required = new Set([...declared].filter((name) => name !== ownName));
  }

  /** Whether files like these are looked for in the same places in the same order: then only what is there can make a difference. */
  searchesLike(files: ReadonlySet<string>, roots: readonly string[]): boolean {
    return JSON.stringify([this.options.roots, this.places]) === JSON.stringify([roots, readPlaces(files, roots)]);
  }

  /** Whether files that come or go can be a reason to look in other places. */
  mayMovePlaces(moved: ReadonlyMap<string, boolean>): boolean {
    return [...moved.keys()].some(isTestFile) || this.finder.changesFolders(moved);
  }

  /**
   * Takes over files that came and went (`true`: it is there); gives the questions asked before that have another answer now.
   * Only for moves that leave the places to look in as they are.
   */
  update(moved: ReadonlyMap<string, boolean>): readonly string[] {
    return this.finder.update(moved);
  }

  /** The absolute name of a file's module; undefined when no import can reach it. */
  moduleOf(path: string): string | undefined {
    const known = this.modules.get(path);
    if (known !== undefined) return known;
    const module = this.libraries?.modules.get(path)?.module ?? this.namesOf(path)[0];
    if (module !== undefined) this.modules.set(path, module);
    return module;
  }

  /** Every name imports can reach a file by, from one root or another; the usual one first. */
  namesOf(path: string): readonly string[] {
    return this.places.namingRoots.flatMap((root) => modulePathToName(path, root) ?? []);
  }

  resolve(statement: Pick<ImportStatement, 'level' | 'module'>, importer: string): ImportResolution {
    if (statement.level > 0) return this.resolveRelative(statement, importer);
    return this.resolveAbsolute(statement.module, importer);
  }

  /** The modules of libraries, where there are any. */
  get libraries(): LibraryModules | undefined {
    return this.options.libraries;
  }

  /** Whether a module that no library here has is sure to be nowhere. */
  isAbsent(module: string): boolean {
    return this.libraries?.absenceOf(module, this.required) === 'missing';
  }

  /** Where a module of that absolute name is: in the project, or else in a library. */
  locate(module: string): ModuleLocation {
    const own = this.finder.find(module);
    const { libraries } = this.options;
    if (own.kind === 'module' || libraries === undefined) return own;
    const other = this.isClosed(module) ? own : libraries.find(module);
    return other.kind === 'missing' || (other.kind === 'namespace-package' && own.kind !== 'missing') ? own : other;
  }

  /** Whether a package of the project's own hides what libraries have below its name. */
  private isClosed(module: string): boolean {
    const parts = module.split('.');
    return parts.some((_, index) => this.finder.find(parts.slice(0, index + 1).join('.')).kind === 'module');
  }

  /** `elsewhere`: the package was found beside the importing file, where submodules cannot be told from names. */
  findSubmodule(
    resolution: Extract<ImportResolution, { kind: 'module' | 'namespace-package' | 'library' }>,
    name: string,
  ): ModuleLocation | 'elsewhere' {
    if (resolution.kind === 'library') return this.findInLibrary(`${resolution.module}.${name}`);
    if (resolution.kind === 'namespace-package') {
      if (this.finder.find(resolution.module).kind === 'missing') return 'elsewhere';
    } else if (resolution.via !== 'root') {
      const isPackage = resolution.path.endsWith('/__init__.py');
      return isPackage ? this.finder.findIn([resolution.path.slice(0, -'/__init__.py'.length)], name) : { kind: 'missing', tried: [] };
    }
    const location = this.locate(`${resolution.module}.${name}`);
    const isBuilt = location.kind === 'missing' && this.isBuilt(`${resolution.module}.${name}`);
    return isBuilt ? { kind: 'namespace-package', folders: [], loads: [] } : location;
  }

  private findInLibrary(module: string): ModuleLocation | 'elsewhere' {
    const location = this.locate(module);
    if (location.kind !== 'missing') return location;
    return this.isAbsent(module) ? location : 'elsewhere';
  }

  private isBuilt(module: string): boolean {
    const { builtModules } = this.options.requirements;
    return builtModules.has(module) || [...builtModules].some((built) => module.startsWith(`${built}.`));
  }

  private resolveRelative({ level, module }: Pick<ImportStatement, 'level' | 'module'>, importer: string): ImportResolution {
    const packages = this.namesOf(importer).map((name) => (isPackageFile(importer) ? name : parentModule(name)));
    const outcomes = packages.map((packageName): ImportResolution => {
      const absolute = packageName === '' ? undefined : relativeModuleName(packageName, level, module);
      if (absolute === undefined) return { kind: 'beyond-top-level', packageName };
      return this.toResolution(this.finder.find(absolute), absolute, 'root');
    });
    const isFound = ({ kind }: ImportResolution): boolean => kind === 'module' || kind === 'namespace-package';
    const unresolved = outcomes.find(({ kind }) => kind === 'unresolved');
    return outcomes.find(isFound) ?? unresolved ?? outcomes[0] ?? { kind: 'beyond-top-level', packageName: '' };
  }

  /** `__main__` is whatever was started; `cython.cimports` is there only while Cython compiles. */
  private resolveAbsolute(module: string, importer: string): ImportResolution {
    const { version } = this.options;
    const top = module.split('.', 1)[0]!;
    if (module === '__main__' || module.startsWith('cython.cimports')) return { kind: 'stdlib', module };
    const isStdlib = isStdlibModule(top, version);
    if (isStdlib && ALWAYS_LOADED_MODULES.has(top)) return { kind: 'stdlib', module };
    const topLocation = this.finder.find(top);
    if (topLocation.kind === 'module') return this.toResolution(this.finder.find(module), module, 'root');
    if (isStdlib) return { kind: 'stdlib', module };
    const distribution = this.distributionOf(module);
    const isInstalled = distribution.requirement === 'declared' || distribution.requirement === 'brought';
    if (topLocation.kind === 'namespace-package') {
      const location = this.finder.find(module);
      const shared = location.kind === 'module' ? undefined : this.resolveInLibrary(module, distribution);
      if (shared !== undefined && (location.kind === 'missing' || (shared.kind === 'library' && shared.path !== undefined))) return shared;
      if (isInstalled || (location.kind === 'missing' && distribution.provider === 'known')) return distribution;
      const portion = location.kind === 'missing' ? this.otherPortion(module) : undefined;
      if (portion !== undefined) return { ...distribution, distributions: [portion], requirement: 'declared' };
      return this.toResolution(location, module, 'root');
    }
    const library = this.resolveInLibrary(module, distribution);
    if (library !== undefined) return this.besideLibrary(module, importer) ?? library;
    if (isInstalled) return distribution;
    const otherVersions = versionsWithModule(top);
    if (otherVersions !== undefined && distribution.provider !== 'known') {
      return {
        kind: 'unresolved',
        module,
        tried: [],
        otherVersions,
        reason: `the standard library has it in Python ${otherVersions}, not in ${version.major}.${version.minor}`,
      };
    }
    const found = this.resolveFromFolders(module, importer);
    const hyphenated = found === undefined && distribution.provider !== 'known' ? this.hyphenReason(module) : undefined;
    return found ?? (hyphenated === undefined ? distribution : { kind: 'unresolved', module, tried: [], reason: hyphenated });
  }

  /** A script's or test's own folder comes before what is installed. */
  private besideLibrary(module: string, importer: string): ImportResolution | undefined {
    const beside = this.resolveFromFolders(module, importer);
    return beside?.kind === 'module' && beside.via === 'own-folder' ? beside : undefined;
  }

  /** Undefined when no library has anything of that name, or another distribution is the one that is meant. */
  private resolveInLibrary(module: string, known: DistributionResolution): ImportResolution | undefined {
    const { libraries } = this;
    if (libraries === undefined || libraries.find(module.split('.', 1)[0]!).kind === 'missing') return undefined;
    const isInstalled = known.requirement === 'declared' || known.requirement === 'brought';
    const isOfOthers = isInstalled && !known.distributions.some((name) => libraries.isLibrary(name));
    const location = libraries.find(module);
    if (isOfOthers || this.isClosed(module) || (location.kind === 'missing' && known.provider === 'known')) return undefined;
    const owners = libraries.ownersOf(module);
    const distribution = this.distributionOfLibraries(module, owners, known);
    if (distribution.requirement === 'undeclared') return distribution;
    if (location.kind !== 'missing') {
      const path = location.kind === 'module' ? location.path : undefined;
      return { kind: 'library', module, path, library: owners[0]!, distribution };
    }
    if (!this.isAbsent(module)) return { ...distribution, requirement: 'declared' };
    return { kind: 'unresolved', module, tried: [], libraries: owners };
  }

  /** What manifests say of libraries that have a module: one whose name no manifest can know needs no declaration. */
  private distributionOfLibraries(module: string, owners: readonly string[], known: DistributionResolution): DistributionResolution {
    const { declared, brought, developmentOnly, isStated } = this.options.requirements;
    const names = owners.flatMap((owner) => this.libraries!.distributionNamesOf(owner));
    const own = owners.flatMap((owner) => this.libraries!.ownNameOf(owner) ?? []);
    const stated = names.find((name) => declared.has(name));
    const along = names.find((name) => brought.has(name));
    const shared = { kind: 'distribution', module, provider: 'known', way: [], group: undefined } as const;
    if (stated !== undefined) return { ...shared, distributions: [stated], requirement: 'declared', group: developmentOnly.get(stated) };
    if (known.requirement === 'declared') return known;
    if (along !== undefined) return { ...shared, distributions: [along], requirement: 'brought', way: brought.get(along)! };
    return { ...shared, distributions: own, requirement: isStated && own.length > 0 ? 'undeclared' : 'unspecified' };
  }

  private distributionOf(module: string): DistributionResolution {
    const known = this.distributions.get(module);
    if (known !== undefined) return known;
    const found = findDistribution(module, this.options.requirements);
    this.distributions.set(module, found);
    return found;
  }

  /** A folder without `__init__` may have more of itself elsewhere: `titiler/` here, and `titiler.core` from `titiler-core`. */
  private otherPortion(module: string): string | undefined {
    const parts = module.split('.');
    const isClosed = parts.some((_, index) => this.finder.find(parts.slice(0, index + 1).join('.')).kind === 'module');
    if (isClosed) return undefined;
    const { declared, ownName } = this.options.requirements;
    const prefix = `${parseDistributionName(parts[0]!)}-`;
    return [...declared].sort().find((name) => name.startsWith(prefix) && name !== ownName);
  }

  /** Scripts and tests find modules beside them; other folders are on the path only if somebody put them there. */
  private resolveFromFolders(module: string, importer: string): ImportResolution | undefined {
    const own = folderOf(importer);
    for (let folder = own; folder !== '.'; folder = folderOf(folder)) {
      if (this.finder.hasFile(`${folder}/__init__.py`)) continue;
      const location = this.finder.findIn([folder], module);
      if (location.kind === 'missing') continue;
      return this.toResolution(
        location,
        module,
        folder === own || this.places.testFolders.includes(folder) ? 'own-folder' : 'other-folder',
      );
    }
    return undefined;
  }

  private toResolution(location: ModuleLocation, module: string, via: 'root' | 'own-folder' | 'other-folder'): ImportResolution {
    switch (location.kind) {
      case 'module':
        return { kind: 'module', module, path: location.path, via };
      case 'namespace-package':
        return { kind: 'namespace-package', module };
      case 'missing': {
        if (this.isBuilt(module)) return { ...this.distributionOf(module), requirement: 'declared' };
        const reason =
          location.notAPackage === undefined ? this.hyphenReason(module) : `${location.notAPackage} is a module, not a package`;
        return { kind: 'unresolved', module, tried: location.tried, ...(reason === undefined ? {} : { reason }) };
      }
    }
  }

  /** `my_pkg` is asked for, and `my-pkg` is there. */
  private hyphenReason(module: string): string | undefined {
    if (!module.includes('_')) return undefined;
    const path = module.replaceAll('_', '-').replaceAll('.', '/');
    for (const root of this.options.roots) {
      const place = root === '.' ? path : `${root}/${path}`;
      const file = [`${place}/__init__.py`, `${place}.py`].find((candidate) => this.finder.hasFile(candidate));
      if (file !== undefined) return `${file} has a hyphen in its name, which no import statement can write; rename it`;
    }
    return undefined;
  }
}

function versionsWithModule(top: string): string | undefined {
  const minors = [11, 12, 13, 14, 15].filter((minor) => isStdlibModule(top, { major: 3, minor }));
  return minors.length === 0 ? undefined : `3.${minors[0]} to 3.${minors[minors.length - 1]}`;
}

function isPackageFile(path: string): boolean {
  return path === '__init__.py' || path.endsWith('/__init__.py');
}

function parentModule(module: string): string {
  return module.includes('.') ? module.slice(0, module.lastIndexOf('.')) : '';
}
