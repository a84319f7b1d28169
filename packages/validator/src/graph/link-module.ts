import type { ImportStatement } from '../extract/import-statement';
import type { AttributeUse, ModuleSummary } from '../extract/module-summary';
import type { ImportResolution } from '../resolve/import-resolution';
import type { ImportResolver } from '../resolve/import-resolver';
import type { ModuleLocation } from '../resolve/module-finder';
import { nearestNames } from '../text/nearest-names';
import type { CallUse } from '../extract/callable';
import type { AskedModules } from './asked-modules';
import { CallableLookup } from './callable-lookup';
import { ExportLookup, IMPLICIT_ATTRIBUTES } from './export-lookup';
import type { LinkedAttribute, LinkedCall, LinkedImport, LinkedModule, LinkedName } from './linked-module';
import { matchArguments } from './match-arguments';
import { showSignature } from './show-signature';

export interface LinkOptions {
  /** Other files; what is asked of them is told there. */
  readonly modules: AskedModules;
  readonly resolver: ImportResolver;
  /** Files that define a name themselves, sorted. */
  readonly definersOf: (name: string) => readonly string[];
  /** Attribute names written from outside on some object anywhere: a module may have them. */
  readonly isStored: (name: string) => boolean;
  /** Modules of the project that a missing one may stand for. */
  readonly nearestModules: (module: string) => readonly string[];
}

/** Connects one file's imports, attribute reads and undefined names with the rest of the project. */
export function linkModule(path: string, summary: ModuleSummary, options: LinkOptions): LinkedModule {
  return new ModuleLinker(path, summary, options).link();
}

function namespaceStatus(name: string): 'symbol' | 'missing' {
  return IMPLICIT_ATTRIBUTES.has(name) ? 'symbol' : 'missing';
}

/** Equal for `flwo` and `flow`. */
function lettersOf(word: string): string {
  return [...word].sort().join('');
}

class ModuleLinker {
  private readonly lookup: ExportLookup;
  private readonly callables: CallableLookup;

  constructor(
    private readonly path: string,
    private readonly summary: ModuleSummary,
    private readonly options: LinkOptions,
  ) {
    this.lookup = new ExportLookup(options.modules, options.resolver);
    this.callables = new CallableLookup({ ...options, imports: summary.imports });
  }

  link(): LinkedModule {
    const imports = this.summary.imports.map((statement, index) => this.linkImport(statement, index));
    const star = this.lookup.starNamesInto(this.path);
    return {
      module: this.options.resolver.moduleOf(this.path),
      shadowedBy: this.shadowingPackage(),
      isInPackage: this.path.includes('/') && this.options.resolver.finder.hasFile(this.path.replace(/[^/]*$/, '__init__.py')),
      imports,
      attributes: this.summary.attributeUses.flatMap((use) => this.linkAttributes(use, imports)),
      calls: this.summary.calls.flatMap((call) => this.linkCall(call)),
      starNames: star.isComplete ? [...star.names].sort() : undefined,
      boundBy: this.linkUndefinedNames(),
      storedNames: this.linkStoredNames(),
    };
  }

  private shadowingPackage(): string | undefined {
    const beside = `${this.path.slice(0, -'.py'.length)}/__init__.py`;
    return this.options.resolver.finder.hasFile(beside) ? beside : undefined;
  }

  private linkImport(statement: ImportStatement, index: number): LinkedImport {
    const resolution = this.options.resolver.resolve(statement, this.path);
    const isLost = resolution.kind === 'unresolved' || (resolution.kind === 'distribution' && resolution.requirement === 'undeclared');
    return {
      resolution,
      certain: resolution.kind !== 'unresolved' || !this.mayNeedNoFile(resolution.module),
      names: statement.names.map(({ name }) => this.linkName(resolution, name, this.isOwnBinding(resolution, name, index))),
      missingFromAll: statement.kind === 'star' && resolution.kind === 'module' ? this.missingFromAll(resolution.path) : [],
      nearestModules: isLost ? this.nearestModules(resolution, this.namesAskedOf(statement, index)) : [],
    };
  }

  /** `from . import x` in a package's own `__init__`: the name this very statement binds cannot answer for it. */
  private isOwnBinding(resolution: ImportResolution, name: string, index: number): boolean {
    return resolution.kind === 'module' && resolution.path === this.path && this.summary.symbols.get(name)?.origin?.importIndex === index;
  }

  private linkName(resolution: ImportResolution, name: string, isOwnBinding: boolean): LinkedName {
    if (resolution.kind !== 'module' && resolution.kind !== 'namespace-package' && resolution.kind !== 'library')
      return { name, status: 'dynamic' };
    const status =
      resolution.kind === 'namespace-package' || resolution.path === undefined
        ? 'missing'
        : isOwnBinding
          ? this.ownStatus(name)
          : this.lookup.statusOf(resolution.path, name);
    if (status === 'symbol') return { name, status };
    const submodule = this.options.resolver.findSubmodule(resolution, name);
    if (submodule === 'elsewhere') return { name, status: 'dynamic' };
    if (submodule.kind !== 'missing') {
      return { name, status: 'submodule', ...this.placeOf(submodule) };
    }
    if (status === 'type-checking-only') return { name, status: this.options.isStored(name) ? 'dynamic' : status };
    if (status !== 'missing') return { name, status };
    if (this.options.isStored(`.${name}`) || this.mayLieElsewhere(resolution)) return { name, status: 'dynamic' };
    return { name, status, nearest: nearestNames(name, this.namesIn(resolution)), boundBy: this.modulesBinding(name) };
  }

  private placeOf(location: Exclude<ModuleLocation, { kind: 'missing' }>): Pick<LinkedName, 'path' | 'library'> {
    if (location.kind !== 'module') return {};
    const library = this.libraryOf(location.path);
    return library === undefined ? { path: location.path } : { library };
  }

  private libraryOf(path: string): string | undefined {
    return this.options.resolver.libraries?.modules.get(path)?.library;
  }

  /** What this module answers when it is asked for a name that only the asking statement would bind. */
  private ownStatus(name: string): 'dynamic' | 'missing' {
    const star = this.lookup.starNamesInto(this.path);
    const mayAnswer = this.summary.isDynamic || this.summary.hasModuleGetattr || !star.isComplete || star.names.has(name);
    return mayAnswer ? 'dynamic' : 'missing';
  }

  /** `six.moves` has no file: `six` puts modules into `sys.modules` itself; the nearest package may have its modules elsewhere. */
  private mayNeedNoFile(module: string): boolean {
    let isNearest = true;
    for (let end = module.lastIndexOf('.'); end > 0; end = module.lastIndexOf('.', end - 1)) {
      const location = this.options.resolver.locate(module.slice(0, end));
      if (location.kind !== 'module') continue;
      const fileless = this.options.modules.natureOf(location.path)?.fileless;
      if (fileless === 'any' || (fileless === 'beside' && isNearest)) return true;
      isNearest = false;
    }
    return false;
  }

  /** A package that changes its `__path__` may have submodules that are not here. */
  private mayLieElsewhere(resolution: Extract<ImportResolution, { kind: 'module' | 'namespace-package' | 'library' }>): boolean {
    if (resolution.kind === 'namespace-package' || resolution.path === undefined) return false;
    return this.options.modules.natureOf(resolution.path)?.fileless === 'beside';
  }

  private namesIn(resolution: ImportResolution): ReadonlySet<string> {
    if (resolution.kind !== 'module' && resolution.kind !== 'namespace-package' && resolution.kind !== 'library') return new Set();
    const { finder, libraries } = this.options.resolver;
    const names = new Set(finder.submodulesOf(finder.find(resolution.module)));
    if (resolution.kind !== 'module' && libraries !== undefined)
      for (const name of libraries.finder.submodulesOf(libraries.find(resolution.module))) names.add(name);
    if (resolution.kind !== 'namespace-package' && resolution.path !== undefined)
      for (const name of this.lookup.namesOf(resolution.path)) names.add(name);
    return names;
  }

  /** A module that star-imports itself is not loaded far enough to tell. */
  private missingFromAll(path: string): readonly string[] {
    const dunderAll = this.options.modules.dunderAllOf(path);
    if (dunderAll.kind !== 'names' || path === this.path) return [];
    const module = this.options.resolver.moduleOf(path);
    return dunderAll.names.filter(
      (name) => this.lookup.statusOf(path, name) === 'missing' && this.options.resolver.finder.find(`${module}.${name}`).kind === 'missing',
    );
  }

  /** For a module whose first part nobody here has, only what a slip of the pen or a forgotten start of the path explains. */
  private nearestModules(resolution: Extract<ImportResolution, { module: string }>, asked: readonly string[]): readonly string[] {
    const { module } = resolution;
    const beside = resolution.kind === 'distribution' && resolution.provider === 'unknown' ? this.moduleBeside(module, asked) : undefined;
    if (beside !== undefined) return [beside];
    const near = this.options.nearestModules(module);
    return resolution.kind === 'distribution' ? near.filter((name) => this.isMeant(name, module)) : near;
  }

  /** What the file wants of the module: by `from`, or as its attributes. */
  private namesAskedOf({ kind, names }: ImportStatement, index: number): readonly string[] {
    if (kind !== 'import') return names.map(({ name }) => name);
    const uses = this.summary.attributeUses.filter(({ importIndex }) => importIndex === index);
    return uses.flatMap(({ attributes }) => attributes.slice(0, 1).map(({ name }) => name));
  }

  /** In a package, `from items import x` is no way to reach the `x` of the `items.py` beside it: its name begins with the package's. */
  private moduleBeside(module: string, asked: readonly string[]): string | undefined {
    const { resolver } = this.options;
    const own = resolver.moduleOf(this.path);
    if (own === undefined || this.path.endsWith('/__init__.py') || !own.includes('.')) return undefined;
    const beside = `${own.slice(0, own.lastIndexOf('.'))}.${module}`;
    const location = resolver.finder.find(beside);
    if (beside === own || location.kind !== 'module') return undefined;
    return asked.some((name) => this.lookup.statusOf(location.path, name) === 'missing') ? undefined : beside;
  }

  private isMeant(name: string, asked: string): boolean {
    const own = this.options.resolver.moduleOf(this.path) ?? '';
    if (`${own}.`.startsWith(`${name}.`)) return false;
    if (name.toLowerCase() === asked.toLowerCase()) return true;
    const [top, nearTop] = [asked, name].map((dotted) => dotted.split('.', 1)[0]!);
    const rest = asked.slice(top!.length);
    if (rest !== '' && name === `${nearTop}${rest}` && top!.startsWith(`${nearTop}_`)) return true;
    return name.endsWith(`.${asked}`) || nearestNames(top!, [nearTop!]).length > 0 || lettersOf(top!) === lettersOf(nearTop!);
  }

  private modulesBinding(name: string): readonly string[] {
    return this.options
      .definersOf(name)
      .filter((path) => path !== this.path)
      .map((path) => this.options.resolver.moduleOf(path))
      .filter((module): module is string => module !== undefined)
      .slice(0, 3);
  }

  private linkUndefinedNames(): Readonly<Record<string, readonly string[]>> {
    const names = [...new Set(this.summary.nameFaults.filter(({ kind }) => kind === 'undefined').map(({ name }) => name))].sort();
    return Object.fromEntries(names.map((name) => [name, this.modulesBinding(name)]));
  }

  private linkStoredNames(): readonly string[] {
    const names = this.summary.nameFaults.filter(({ kind }) => kind === 'type-checking-only').map(({ name }) => name);
    return [...new Set(names)].filter((name) => this.options.isStored(name)).sort();
  }

  private linkCall(call: CallUse): readonly LinkedCall[] {
    const found = this.callables.find(this.path, call.callee, call.calleeText);
    const faults = found === undefined ? [] : matchArguments(found.parameters, call);
    if (found === undefined || faults.length === 0) return [];
    this.options.modules.noteShown();
    const { name, path, line, parameters } = found;
    const library = this.libraryOf(path);
    const place = library === undefined ? { path, line } : { library, path: '', line: 0 };
    return [{ name, ...place, signature: showSignature(name, parameters), faults, certain: call.certain }];
  }

  /** Walks `a.b.c` as long as it stays among the project's modules; the first name that is not there is reported. */
  private linkAttributes(use: AttributeUse, imports: readonly LinkedImport[]): readonly LinkedAttribute[] {
    let module = this.startOf(use, imports);
    for (const { name, span } of use.attributes) {
      const location = module === undefined ? undefined : this.options.resolver.locate(module);
      if (module === undefined || location === undefined || location.kind === 'missing') return [];
      const status = location.kind === 'module' ? this.lookup.statusOf(location.path, name) : namespaceStatus(name);
      const inner = `${module}.${name}`;
      const isSubmodule = this.options.resolver.locate(inner).kind !== 'missing';
      if (isSubmodule && this.isLoaded(inner, imports, location.kind === 'module' ? location.path : undefined)) {
        module = inner;
        continue;
      }
      if (status === 'symbol' || status === 'dynamic') return [];
      if (this.options.isStored(name) || this.mayBeOfLibrary(module, location, inner)) return [];
      const path = location.kind === 'module' ? location.path : '';
      const nearest = location.kind === 'module' ? nearestNames(name, this.lookup.namesOf(location.path)) : [];
      const library = this.libraryOf(path);
      const shared = { module, ...(library === undefined ? { path } : { path: '', library }), name, span, nearest };
      return [isSubmodule ? { ...shared, status: 'not-loaded', certain: false } : { ...shared, status, certain: use.certain }];
    }
    return [];
  }

  /** A library may have more modules than its surface tells: tests, and portions of a namespace package. */
  private mayBeOfLibrary(module: string, location: ModuleLocation, inner: string): boolean {
    const { resolver } = this.options;
    const { libraries } = resolver;
    if (libraries === undefined || libraries.find(module).kind === 'missing') return false;
    const isOwn = location.kind === 'module' && this.libraryOf(location.path) === undefined;
    return !isOwn && !resolver.isAbsent(inner);
  }

  /** The module the first name of an attribute chain stands for, when that is certain. */
  private startOf(use: AttributeUse, imports: readonly LinkedImport[]): string | undefined {
    const statement = this.summary.imports[use.importIndex]!;
    const { resolution, names } = imports[use.importIndex]!;
    if (use.importedNameIndex !== undefined) {
      const asked = names[use.importedNameIndex]!;
      const isModule = asked.status === 'submodule' && (asked.path !== undefined || asked.library !== undefined);
      return isModule && 'module' in resolution ? `${resolution.module}.${asked.name}` : undefined;
    }
    const isOnPath =
      resolution.kind === 'namespace-package' ||
      resolution.kind === 'library' ||
      (resolution.kind === 'module' && resolution.via === 'root');
    if (!isOnPath) return undefined;
    return statement.hasAlias ? statement.module : statement.module.split('.')[0];
  }

  /** Whether this file, or the package itself, imports the submodule. */
  private isLoaded(module: string, imports: readonly LinkedImport[], packagePath: string | undefined): boolean {
    const loads = (resolution: ImportResolution, names: readonly string[]): boolean =>
      'module' in resolution &&
      (resolution.module === module ||
        resolution.module.startsWith(`${module}.`) ||
        names.some((name) => `${resolution.module}.${name}` === module));
    if (
      imports.some(({ resolution, names }) =>
        loads(
          resolution,
          names.map(({ name }) => name),
        ),
      )
    )
      return true;
    if (packagePath === undefined) return false;
    return this.options.modules.importsOf(packagePath).some((statement) =>
      loads(
        this.options.resolver.resolve(statement, packagePath),
        statement.names.map(({ name }) => name),
      ),
    );
  }
}
