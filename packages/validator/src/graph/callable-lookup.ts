import type { CallUse, ClassShape, FunctionShape, ImportReference, OwnReference, Parameter } from '../extract/callable';
import type { ImportStatement } from '../extract/import-statement';
import { BUILTIN_NAMES } from '../python/builtin-names.data';
import type { ImportResolver } from '../resolve/import-resolver';
import type { AskedModules } from './asked-modules';

export interface FoundCallable {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly parameters: readonly Parameter[];
  /** A model: Python raises ValidationError, not TypeError. */
  readonly isModel: boolean;
}

export interface CallableLookupOptions {
  readonly modules: AskedModules;
  /** Of the file that calls. */
  readonly imports: readonly ImportStatement[];
  readonly resolver: ImportResolver;
  /** Attribute names written from outside on some object anywhere: they may be replaced. */
  readonly isStored: (name: string) => boolean;
}

interface FoundClass {
  readonly name: string;
  readonly path: string;
  readonly shape: ClassShape;
}

type FoundDefinition =
  | { readonly kind: 'function'; readonly name: string; readonly path: string; readonly shape: FunctionShape }
  | ({ readonly kind: 'class' } & FoundClass)
  /** What the project does not define: `pydantic.BaseModel`. */
  | { readonly kind: 'outside'; readonly name: string };

interface Place {
  readonly path: string;
  readonly reference: OwnReference | ImportReference;
  /** For an import: by which statement. */
  readonly imported: ImportStatement | undefined;
}

/** More steps than any honest chain of imports has. */
const LONGEST_CHAIN = 20;
const EXCEPTION = /^(Exception|\w+(Error|Exception|Warning))$/;

/** Follows a callee through imports to the one definition that answers for it, or gives up. */
export class CallableLookup {
  constructor(private readonly options: CallableLookupOptions) {}

  find(path: string, reference: CallUse['callee'], calleeText: string): FoundCallable | undefined {
    if (reference.kind === 'local') return { name: calleeText, path, isModel: false, ...reference.shape };
    const found = this.definitionOf(path, reference);
    if (found?.kind === 'function') return { name: found.name, path: found.path, isModel: false, ...found.shape };
    return found?.kind === 'class' ? this.constructorOf(found) : undefined;
  }

  private definitionOf(path: string, reference: OwnReference | ImportReference): FoundDefinition | undefined {
    const imported = reference.kind === 'import' ? this.options.imports[reference.importIndex] : undefined;
    let place: Place = { path, reference, imported };
    for (let step = 0; step < LONGEST_CHAIN; step += 1) {
      const next: Place | FoundDefinition | undefined =
        place.reference.kind === 'own'
          ? this.followOwn(place.path, place.reference)
          : this.followImport(place.path, place.imported!, place.reference);
      if (next === undefined || 'kind' in next) return next;
      place = next;
    }
    return undefined;
  }

  private followOwn(path: string, { name, attributes }: OwnReference): Place | FoundDefinition | undefined {
    const { modules } = this.options;
    const nature = modules.natureOf(path);
    if (nature === undefined) return undefined;
    const symbol = modules.symbolOf(path, name);
    const isUnsure = nature.isDynamic || modules.starsOf(path).length > 0 || this.isSubmodule(path, name);
    if (isUnsure || this.options.isStored(name)) return undefined;
    if (symbol === undefined) return BUILTIN_NAMES.has(name) && attributes.length === 0 ? ({ kind: 'outside', name } as const) : undefined;
    if (symbol.status !== 'bound') return undefined;
    if (symbol.origin === undefined) return this.ownDefinition(path, { name, attributes });
    return { path, reference: { kind: 'import' as const, ...symbol.origin, attributes }, imported: modules.originOf(path, symbol) };
  }

  private ownDefinition(path: string, { name, attributes }: Pick<OwnReference, 'name' | 'attributes'>): FoundDefinition | undefined {
    const shape = this.options.modules.callableOf(path, name);
    if (shape === undefined || attributes.length > 1 || attributes.some((attribute) => this.options.isStored(attribute))) return undefined;
    const [method] = attributes;
    if (method === undefined)
      return shape.kind === 'class' ? { kind: 'class', name, path, shape } : { kind: 'function', name, path, shape };
    if (shape.kind !== 'class' || !Object.hasOwn(shape.methods, method)) return undefined;
    return { kind: 'function', name: `${name}.${method}`, path, shape: shape.methods[method]! };
  }

  /** A package's name may turn into its submodule as soon as somebody imports that. */
  private isSubmodule(path: string, name: string): boolean {
    const { resolver } = this.options;
    return path.endsWith('__init__.py') && resolver.locate(`${resolver.moduleOf(path)}.${name}`).kind !== 'missing';
  }

  private followImport(
    path: string,
    statement: ImportStatement,
    { importedNameIndex, attributes }: ImportReference,
  ): Place | FoundDefinition | undefined {
    const resolution = this.options.resolver.resolve(statement, path);
    const asked = importedNameIndex === undefined ? undefined : statement.names[importedNameIndex]!.name;
    if (resolution.kind === 'distribution' || resolution.kind === 'stdlib') {
      return { kind: 'outside' as const, name: [statement.module, ...(asked === undefined ? [] : [asked]), ...attributes].join('.') };
    }
    if (resolution.kind !== 'module' && resolution.kind !== 'namespace-package' && resolution.kind !== 'library') return undefined;
    if (resolution.kind === 'module' && resolution.via !== 'root') {
      return asked === undefined ? undefined : own(resolution.path, [asked, ...attributes]);
    }
    if (asked !== undefined) return this.walk(resolution.module, [asked, ...attributes]);
    return statement.hasAlias ? this.walk(resolution.module, attributes) : this.walk(resolution.module.split('.')[0]!, attributes);
  }

  /** From module to submodule, as far as there are any; the next name is one of the module's own. */
  private walk(start: string, names: readonly string[]): Place | undefined {
    let module = start;
    for (let index = 0; index < names.length; index += 1) {
      const { resolver } = this.options;
      const inner = `${module}.${names[index]!}`;
      const location = resolver.locate(module);
      if (resolver.locate(inner).kind === 'missing') return location.kind === 'module' ? own(location.path, names.slice(index)) : undefined;
      if (location.kind === 'module' && this.options.modules.symbolOf(location.path, names[index]!) !== undefined) return undefined;
      module = inner;
    }
    return undefined;
  }

  private constructorOf(found: FoundClass): FoundCallable | undefined {
    const line = this.lineage(found);
    if (line === undefined || this.options.isStored('__init__') || this.options.isStored('__new__')) return undefined;
    const { classes, root } = line;
    const shared = { name: found.name, path: found.path, line: found.shape.line };
    const index = classes.findIndex(({ shape }) => shape.constructorShape !== undefined || shape.isDataclass);
    const deciding = classes[index]?.shape;
    if (deciding?.constructorShape !== undefined) return { ...shared, parameters: deciding.constructorShape.parameters, isModel: false };
    if (root === 'model') return modelConstructor(classes, shared);
    if (root === 'exception') return undefined;
    if (deciding === undefined) return { ...shared, parameters: [], isModel: false };
    const ancestors = classes.slice(index).filter(({ shape }) => shape.isDataclass);
    return { ...shared, parameters: dataclassParameters(ancestors), isModel: false };
  }

  /** The class and its ancestors, nearest first; undefined when one of them is not in sight or there are several bases. */
  private lineage(
    found: FoundClass,
  ): { readonly classes: readonly FoundClass[]; readonly root: 'object' | 'exception' | 'model' } | undefined {
    const classes = [found];
    while (classes.length < LONGEST_CHAIN) {
      const { path, shape } = classes[classes.length - 1]!;
      if (shape.bases.length === 0) return { classes, root: 'object' };
      const base = shape.bases.length > 1 ? undefined : this.definitionOf(path, shape.bases[0]!);
      if (base === undefined || base.kind === 'function') return undefined;
      if (base.kind === 'class') classes.push(base);
      else if (base.name === 'pydantic.BaseModel') return { classes, root: 'model' };
      else return EXCEPTION.test(base.name) && BUILTIN_NAMES.has(base.name) ? { classes, root: 'exception' } : undefined;
    }
    return undefined;
  }
}

function own(path: string, [name, ...attributes]: readonly string[]): Place {
  return { path, reference: { kind: 'own' as const, name: name!, attributes }, imported: undefined };
}

function mergedFields(classes: readonly FoundClass[]) {
  return new Map([...classes].reverse().flatMap(({ shape }) => shape.fields.map((field) => [field.name, field] as const)));
}

function dataclassParameters(classes: readonly FoundClass[]): readonly Parameter[] {
  const parameters = [...mergedFields(classes).values()].map(({ name, hasDefault, isKeywordOnly, text }) => ({
    name,
    kind: isKeywordOnly ? ('keyword-only' as const) : ('plain' as const),
    isRequired: !hasDefault,
    text,
  }));
  return [...parameters.filter(({ kind }) => kind === 'plain'), ...parameters.filter(({ kind }) => kind !== 'plain')];
}

/** Fields by name only; other keywords are ignored unless the model says otherwise. */
function modelConstructor(
  classes: readonly FoundClass[],
  shared: Pick<FoundCallable, 'name' | 'path' | 'line'>,
): FoundCallable | undefined {
  const mayFill = classes.some(({ shape }) => shape.mayFillFields || shape.isDataclass);
  const fields = [...mergedFields(classes).values()].filter(({ name }) => !name.startsWith('_') && name !== 'model_config');
  const parameters = fields.map(({ name, hasDefault, isLenient, text }) => ({
    name,
    kind: 'keyword-only' as const,
    isRequired: !hasDefault && !isLenient && !mayFill,
    text,
  }));
  return {
    ...shared,
    isModel: true,
    parameters: [...parameters, { name: 'data', kind: 'keyword-rest', isRequired: false, text: '**data' }],
  };
}
