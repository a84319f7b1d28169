import { describeSurface, type SurfaceText } from '../extract/describe-surface';
import { importText } from '../extract/import-text';
import type { ModuleSummary, ModuleSymbol } from '../extract/module-summary';
import { modulePathToName } from '../python/module-path';
import type { PythonVersion } from '../python/python-version';
import type { ImportResolver } from '../resolve/import-resolver';
import { folderOf } from '../resolve/join-path';
import { isTestFile } from '../resolve/list-test-folders';
import { isExtensionModule } from '../resolve/module-finder';
import type { ProjectSurface, SurfaceExport, SurfaceModule } from '../resolve/project-surface';
import type { Requirements } from '../resolve/requirements';
import { AskedModules } from './asked-modules';
import { CallableLookup } from './callable-lookup';
import { ExportLookup } from './export-lookup';
import { formatCall } from './format-call';
import type { LinkedModule } from './linked-module';

export interface SurfaceSources {
  /** Python files and compiled modules that imports can reach. */
  readonly paths: Iterable<string>;
  readonly summaries: ReadonlyMap<string, ModuleSummary>;
  readonly links: ReadonlyMap<string, LinkedModule>;
  readonly resolver: ImportResolver;
  readonly requirements: Requirements;
  readonly version: PythonVersion;
  /** Files of other projects that are read along are left out. */
  readonly owns: (path: string) => boolean;
}

export function readProjectSurface(sources: SurfaceSources): ProjectSurface {
  return new SurfaceReader(sources).read();
}

/** More steps than any honest chain of imports has. */
const LONGEST_CHAIN = 20;

/** Where a name is defined in the end: there, as a module, or outside the project. */
type Origin =
  | { readonly kind: 'definition'; readonly path: string; readonly symbol: ModuleSymbol }
  | { readonly kind: 'module'; readonly module: string }
  | { readonly kind: 'outside'; readonly signature: string };

class SurfaceReader {
  private readonly modules: AskedModules;
  private readonly lookup: ExportLookup;
  private readonly texts = new Map<string, SurfaceText>();
  /** Names written on modules from outside that are not sure to be bound there: file → names. */
  private readonly storesInto = new Map<string, Set<string>>();
  private readonly stored = new Set<string>();
  private readonly constructorsStored: ReadonlySet<string>;

  constructor(private readonly sources: SurfaceSources) {
    const { summaries, resolver } = sources;
    this.modules = new AskedModules(summaries, () => undefined);
    this.lookup = new ExportLookup(this.modules, resolver);
    this.constructorsStored = new Set([...summaries.values()].flatMap(({ storedAttributes }) => [...storedAttributes]));
  }

  read(): ProjectSurface {
    const paths = [...this.sources.paths].filter((path) => this.isForOthers(path)).sort();
    for (const path of paths) this.collectStores(path);
    const { ownName, declared, developmentOnly, builtModules } = this.sources.requirements;
    const modules = paths.flatMap((path) => this.readModule(path) ?? []);
    const known = new Set(modules.flatMap(({ names }) => names));
    const built = [...builtModules].filter((module) => !known.has(module)).map((module) => openModule([module], ''));
    return {
      distribution: ownName,
      requires: [...declared].filter((name) => name !== ownName && !developmentOnly.has(name)).sort(),
      modules: [...modules, ...built].sort((left, right) => compare(left.names[0]!, right.names[0]!) || compare(left.path, right.path)),
      stored: [...this.stored].sort(),
    };
  }

  /** Tests are no part of what others import, nor is what stands in a project inside. */
  private isForOthers(path: string): boolean {
    const { owns, requirements } = this.sources;
    if (!owns(path) || isTestFile(path) || folderOf(path).split('/').includes('tests')) return false;
    return !requirements.otherProjects.some((folder) => path.startsWith(`${folder}/`));
  }

  private readModule(path: string): SurfaceModule | undefined {
    const source = sourcePath(path);
    const names = this.namesOf(source);
    if (names.length === 0) return undefined;
    const summary = this.sources.summaries.get(path);
    if (summary === undefined) return openModule(names, source);
    const { dunderAll } = summary;
    const star = this.lookup.starNamesInto(path);
    const bound = new Set([...this.modules.boundNames(path), ...star.names, ...(this.storesInto.get(path) ?? [])]);
    const exported = [...bound].filter((name) => this.isExported(path, name, summary)).sort();
    const isExported = new Set(exported);
    return {
      names,
      path,
      isOpen: summary.isDynamic || summary.hasModuleGetattr || !star.isComplete,
      fileless: summary.fileless,
      all: dunderAll.kind === 'names' ? [...dunderAll.names].sort() : dunderAll.kind === 'dynamic' ? 'dynamic' : undefined,
      exports: exported.map((name) => this.readExport(path, name)),
      others: [...bound].filter((name) => !isExported.has(name)).sort(),
      submodules: this.loadedSubmodules(path, names[0]!),
      unbound: [...summary.symbols.values()]
        .flatMap(({ name, status }) => (status === 'bound' || bound.has(name) ? [] : [{ name, status }]))
        .sort((left, right) => compare(left.name, right.name)),
    };
  }

  /** `__all__` decides when it is plain data; else public names, and in `__init__.py` also what it imports. */
  private isExported(path: string, name: string, { dunderAll, symbols }: ModuleSummary): boolean {
    if (dunderAll.kind === 'names') return dunderAll.names.includes(name);
    const symbol = symbols.get(name);
    const isImported = symbol === undefined || symbol.kind === 'import';
    return !name.startsWith('_') && (!isImported || isPackageFile(path));
  }

  private readExport(path: string, name: string): SurfaceExport {
    const origin = this.originOf(path, name);
    switch (origin.kind) {
      case 'module':
        return { name, kind: 'module', signature: `import ${origin.module}` };
      case 'outside':
        return { name, kind: 'import', signature: origin.signature };
      case 'definition': {
        const call = this.callOf(path, name);
        const { symbol } = origin;
        const signature = this.textOf(origin.path).signatures.get(symbol.name) ?? symbol.name;
        return { name, kind: symbol.kind, signature, ...(call === undefined ? {} : { call }) };
      }
    }
  }

  private callOf(path: string, name: string): string | undefined {
    const { resolver, summaries } = this.sources;
    const imports = summaries.get(path)!.imports;
    const lookup = new CallableLookup({ modules: this.modules, imports, resolver, isStored: (stored) => this.isStored(stored) });
    const found = lookup.find(path, { kind: 'own', name, attributes: [] }, name);
    return found === undefined ? undefined : formatCall(found.parameters);
  }

  private isStored(name: string): boolean {
    if (name === '__init__' || name === '__new__') return this.constructorsStored.has(name);
    return this.stored.has(name) || [...this.storesInto.values()].some((names) => names.has(name));
  }

  /** Follows a name through the project's own modules. */
  private originOf(path: string, name: string): Origin {
    let place: { readonly path: string; readonly name: string } = { path, name };
    for (let step = 0; step < LONGEST_CHAIN; step += 1) {
      const next = this.stepFrom(place.path, place.name);
      if ('kind' in next) return next;
      place = next;
    }
    return { kind: 'outside', signature: `${name} = ...` };
  }

  private stepFrom(path: string, name: string): Origin | { readonly path: string; readonly name: string } {
    const symbol = this.modules.symbolOf(path, name);
    if (symbol === undefined || symbol.status !== 'bound') return this.stepByStar(path, name);
    if (symbol.kind !== 'import') return { kind: 'definition', path, symbol };
    const { summaries, links } = this.sources;
    const statement = symbol.origin === undefined ? undefined : summaries.get(path)!.imports[symbol.origin.importIndex];
    const linked = symbol.origin === undefined ? undefined : links.get(path)?.imports[symbol.origin.importIndex];
    if (statement === undefined || linked === undefined) return { kind: 'definition', path, symbol };
    const { resolution, names } = linked;
    const at = symbol.origin!.importedNameIndex;
    if (at === undefined) {
      const module = statement.hasAlias ? statement.module : statement.module.split('.', 1)[0]!;
      return this.isOwn(module) ? { kind: 'module', module } : { kind: 'outside', signature: importText(statement, at) };
    }
    const asked = names[at]!;
    const module = 'module' in resolution ? resolution.module : statement.module;
    if (asked.status === 'submodule' && asked.library === undefined) return { kind: 'module', module: `${module}.${asked.name}` };
    const isNext = asked.status === 'symbol' && resolution.kind === 'module' && resolution.path !== path;
    if (isNext) return { path: resolution.path, name: asked.name };
    return { kind: 'outside', signature: importText({ ...statement, level: 0, module }, at) };
  }

  /** The module whose star import brings a name. */
  private stepByStar(path: string, name: string): Origin | { readonly path: string; readonly name: string } {
    for (const statement of this.modules.starsOf(path)) {
      const resolution = this.sources.resolver.resolve(statement, path);
      if (resolution.kind !== 'module' || resolution.path === path) continue;
      if (this.lookup.starNamesOf(resolution.path).names.has(name)) return { path: resolution.path, name };
    }
    return { kind: 'outside', signature: `${name} = ...` };
  }

  private isOwn(module: string): boolean {
    return this.sources.resolver.finder.find(module).kind !== 'missing';
  }

  /** Submodules that are there as soon as the package is imported: it imports them, or something from them. */
  private loadedSubmodules(path: string, module: string): readonly string[] {
    if (!isPackageFile(path)) return [];
    const { links, summaries, resolver } = this.sources;
    const loaded = (links.get(path)?.imports ?? []).flatMap(({ resolution, names }, index) => {
      const { time, typeCheckingOnly } = summaries.get(path)!.imports[index]!;
      if (time === 'call' || typeCheckingOnly || !('module' in resolution)) return [];
      return [resolution.module, ...names.map(({ name }) => `${resolution.module}.${name}`)];
    });
    const prefix = `${module}.`;
    const names = loaded.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length).split('.', 1)[0]!);
    return [...new Set(names)].filter((name) => resolver.finder.find(prefix + name).kind !== 'missing').sort();
  }

  /** What this file writes on modules: `state.pool = …` gives `state` a name. */
  private collectStores(path: string): void {
    const summary = this.sources.summaries.get(path);
    if (summary === undefined || summary.storedAttributes.size === 0) return;
    for (const name of summary.storedAttributes) if (name.startsWith('.')) this.stored.add(name.slice(1));
    for (const { importIndex, importedNameIndex, attributes } of this.textOf(path).importedStores) {
      const module = this.moduleBrought(path, importIndex, importedNameIndex);
      if (module !== undefined) this.noteStore(module, attributes);
    }
  }

  private moduleBrought(path: string, importIndex: number, importedNameIndex: number | undefined): string | undefined {
    const { links, summaries } = this.sources;
    const { resolution, names } = links.get(path)!.imports[importIndex]!;
    const statement = summaries.get(path)!.imports[importIndex]!;
    if (importedNameIndex === undefined) return statement.hasAlias ? statement.module : statement.module.split('.', 1)[0]!;
    const { name, status } = names[importedNameIndex]!;
    if (!('module' in resolution)) return undefined;
    if (status !== 'symbol' || resolution.kind !== 'module') return `${resolution.module}.${name}`;
    const origin = this.originOf(resolution.path, name);
    return origin.kind === 'module' ? origin.module : undefined;
  }

  private noteStore(start: string, attributes: readonly string[]): void {
    const { finder } = this.sources.resolver;
    const inner = attributes.slice(0, -1);
    const module = [start, ...inner].join('.');
    const location = finder.find(module);
    const name = attributes.at(-1)!;
    if (location.kind !== 'module') {
      if (inner.length === 0) this.stored.add(name);
      return;
    }
    const names = this.storesInto.get(location.path);
    if (names === undefined) this.storesInto.set(location.path, new Set([name]));
    else names.add(name);
  }

  /** Names from the project's installed places: what lies in `src` is not imported as `src.…`. */
  private namesOf(path: string): readonly string[] {
    const { resolver } = this.sources;
    const names = resolver.namesOf(path);
    const fromTop = modulePathToName(path, '.');
    const installed = names.filter((name) => name !== fromTop);
    const isInPackage = path.includes('/') && resolver.finder.hasFile(`${path.split('/', 1)[0]}/__init__.py`);
    const own = installed.length === 0 || isInPackage ? names : installed;
    return [...new Set(own)].filter((name) => !this.isOfDistribution(name));
  }

  /** `alembic/env.py` of a project that requires `alembic`: that name is the distribution's, for others as for the project. */
  private isOfDistribution(module: string): boolean {
    const { resolver, requirements } = this.sources;
    const resolution = resolver.resolve({ level: 0, module }, '');
    return resolution.kind === 'distribution' && !resolution.distributions.some((name) => name === requirements.ownName);
  }

  private textOf(path: string): SurfaceText {
    const known = this.texts.get(path) ?? describeSurface(this.sources.summaries.get(path)!.text, this.sources.version);
    this.texts.set(path, known);
    return known;
  }
}

function openModule(names: readonly string[], path: string): SurfaceModule {
  return { names, path, isOpen: true, fileless: 'any', all: undefined, exports: [], others: [], submodules: [], unbound: [] };
}

/** `app/fast.cpython-312-x86_64-linux-gnu.so` has the name that `app/fast.py` would have. */
function sourcePath(path: string): string {
  if (!isExtensionModule(path)) return path;
  const start = path.lastIndexOf('/') + 1;
  return `${path.slice(0, start)}${path.slice(start).split('.', 1)[0]}.py`;
}

function isPackageFile(path: string): boolean {
  return path === '__init__.py' || path.endsWith('/__init__.py');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
