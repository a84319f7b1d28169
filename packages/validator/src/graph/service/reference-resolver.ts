import { isEqual } from '../../algorithms/is-equal';
import type { ImportStatement } from '../../extract/import-statement';
import type { ModuleSummary, ModuleSymbol } from '../../extract/module-summary';
import type { Expression, Reference } from '../../extract/service/expression';
import type { ImportResolver } from '../../resolve/import-resolver';
import type { LinkedModule } from '../linked-module';

export interface WiredProject {
  readonly summaries: ReadonlyMap<string, ModuleSummary>;
  readonly links: ReadonlyMap<string, LinkedModule>;
  readonly resolver: ImportResolver;
  /** The same files and links for whoever asks only what names stand for: see `isNamedAlike`. */
  readonly named: { readonly summaries: ReadonlyMap<string, ModuleSummary>; readonly links: ReadonlyMap<string, LinkedModule> };
}

/** Begins what whoever reads `named` notes. */
export const NAMES = 'names\0';

/** Whether `ReferenceResolver` reads the same from either file. */
export function isNamedAlike(before: ModuleSummary, after: ModuleSummary): boolean {
  return (
    before.isDynamic === after.isDynamic &&
    isEqual([...before.symbols.values()].map(symbolTold), [...after.symbols.values()].map(symbolTold)) &&
    isEqual(before.imports.map(statementTold), after.imports.map(statementTold))
  );
}

function symbolTold({ name, origin }: ModuleSymbol): unknown {
  return origin === undefined ? name : [name, origin.importIndex, origin.importedNameIndex];
}

function statementTold({ kind, hasAlias, names }: ImportStatement): unknown {
  return [kind, hasAlias, names.map(({ name }) => name)];
}

/** What a dotted name means in the whole project. */
export type Target =
  /** Bound once, in that file. */
  | { readonly kind: 'variable'; readonly path: string; readonly variable: string }
  | { readonly kind: 'module'; readonly path: string | undefined; readonly module: string }
  /** Dotted name in an installed distribution or the standard library; builtins without a dot. */
  | { readonly kind: 'external'; readonly name: string }
  | { readonly kind: 'unknown' };

type Step = Target | { readonly kind: 'next'; readonly cursor: Cursor };

type Cursor =
  | {
      readonly kind: 'import';
      readonly path: string;
      readonly importIndex: number;
      readonly importedNameIndex: number | undefined;
      readonly rest: readonly string[];
    }
  | { readonly kind: 'module'; readonly module: string; readonly rest: readonly string[] }
  | { readonly kind: 'symbol'; readonly path: string; readonly name: string; readonly rest: readonly string[] };

const UNKNOWN: Target = { kind: 'unknown' };
const MOST_STEPS = 50;

/** Follows names through imports, re-exports and star imports; says `unknown` wherever several bindings could answer. */
export class ReferenceResolver {
  constructor(private readonly project: WiredProject) {}

  resolveExpression(path: string, expression: Expression | undefined): Target {
    return expression?.kind === 'reference' ? this.resolve(path, expression.reference) : UNKNOWN;
  }

  resolve(path: string, { names, binding }: Pick<Reference, 'names' | 'binding'>): Target {
    const [name, ...rest] = names;
    if (name === undefined || binding.kind === 'ambiguous') return UNKNOWN;
    if (binding.kind === 'variable') return rest.length === 0 ? { kind: 'variable', path, variable: binding.variable } : UNKNOWN;
    if (binding.kind === 'import') return this.follow({ ...binding, path, rest });
    const stars = this.starSource(path, name);
    if (stars === undefined) return rest.length === 0 ? { kind: 'external', name } : UNKNOWN;
    return stars === 'unknown' ? UNKNOWN : this.follow({ kind: 'symbol', path: stars, name, rest });
  }

  /** What an import statement's name brings. */
  resolveImport(path: string, importIndex: number, importedNameIndex: number | undefined): Target {
    return this.follow({ kind: 'import', path, importIndex, importedNameIndex, rest: [] });
  }

  /** What a module's own name stands for. */
  resolveSymbol(path: string, name: string): Target {
    return this.follow({ kind: 'symbol', path, name, rest: [] });
  }

  private follow(start: Cursor): Target {
    let cursor = start;
    for (let count = 0; count < MOST_STEPS; count += 1) {
      const step = this.step(cursor);
      if (step.kind !== 'next') return step;
      cursor = step.cursor;
    }
    return UNKNOWN;
  }

  private step(cursor: Cursor): Step {
    switch (cursor.kind) {
      case 'import':
        return this.stepImport(cursor);
      case 'module':
        return this.stepModule(cursor);
      case 'symbol':
        return this.stepSymbol(cursor);
    }
  }

  private stepImport({ path, importIndex, importedNameIndex, rest }: Extract<Cursor, { kind: 'import' }>): Step {
    const statement = this.project.named.summaries.get(path)?.imports[importIndex];
    const linked = this.project.named.links.get(path)?.imports[importIndex];
    if (statement === undefined || linked === undefined || !('module' in linked.resolution)) return UNKNOWN;
    const { resolution } = linked;
    const asked = importedNameIndex === undefined ? undefined : statement.names[importedNameIndex]?.name;
    const isOwn = resolution.kind === 'module' || resolution.kind === 'namespace-package';
    if (!isOwn && resolution.kind !== 'distribution' && resolution.kind !== 'library' && resolution.kind !== 'stdlib') return UNKNOWN;
    const base = asked === undefined && !statement.hasAlias ? resolution.module.split('.')[0]! : resolution.module;
    const following = asked === undefined ? rest : [asked, ...rest];
    if (!isOwn) return { kind: 'external', name: [base, ...following].join('.') };
    const submodule = importedNameIndex === undefined ? undefined : linked.names[importedNameIndex]?.path;
    if (resolution.kind === 'module' && resolution.via !== 'root')
      return submodule === undefined ? this.stepFolder(resolution.path, following) : this.stepFolder(submodule, rest);
    return { kind: 'next', cursor: { kind: 'module', module: base, rest: following } };
  }

  /** A module found beside the importing file has no absolute name: only its own symbols are known. */
  private stepFolder(path: string, [name, ...rest]: readonly string[]): Step {
    if (name === undefined) return { kind: 'module', path, module: path };
    return { kind: 'next', cursor: { kind: 'symbol', path, name, rest } };
  }

  private stepModule({ module, rest }: Extract<Cursor, { kind: 'module' }>): Step {
    const location = this.project.resolver.finder.find(module);
    if (location.kind === 'missing') return UNKNOWN;
    const path = location.kind === 'module' ? location.path : undefined;
    const [name, ...following] = rest;
    if (name === undefined) return { kind: 'module', path, module };
    const summary = path === undefined ? undefined : this.project.named.summaries.get(path);
    const isSymbol = path !== undefined && (summary?.symbols.has(name) === true || this.starSource(path, name) !== undefined);
    if (isSymbol) return { kind: 'next', cursor: { kind: 'symbol', path, name, rest: following } };
    return { kind: 'next', cursor: { kind: 'module', module: `${module}.${name}`, rest: following } };
  }

  private stepSymbol({ path, name, rest }: Extract<Cursor, { kind: 'symbol' }>): Step {
    const summary = this.project.named.summaries.get(path);
    if (summary === undefined || summary.isDynamic) return UNKNOWN;
    const symbol = summary.symbols.get(name);
    if (symbol?.origin !== undefined) return this.stepOrigin(path, name, symbol.origin, rest);
    if (symbol !== undefined) return rest.length === 0 ? { kind: 'variable', path, variable: name } : UNKNOWN;
    const star = this.starSource(path, name);
    return star === undefined || star === 'unknown' ? UNKNOWN : { kind: 'next', cursor: { kind: 'symbol', path: star, name, rest } };
  }

  /** `from . import users` in a package's own file brings the submodule of that name. */
  private stepOrigin(
    path: string,
    name: string,
    origin: { readonly importIndex: number; readonly importedNameIndex: number | undefined },
    rest: readonly string[],
  ): Step {
    const linked = this.project.named.links.get(path)?.imports[origin.importIndex];
    const asked = origin.importedNameIndex === undefined ? undefined : linked?.names[origin.importedNameIndex];
    if (asked?.status === 'submodule' && linked !== undefined && 'module' in linked.resolution && asked.name === name) {
      return { kind: 'next', cursor: { kind: 'module', module: `${linked.resolution.module}.${name}`, rest } };
    }
    return { kind: 'next', cursor: { kind: 'import', path, ...origin, rest } };
  }

  /** The file whose star import binds that name here; `unknown` when that cannot be told, undefined when none can. */
  private starSource(path: string, name: string): string | 'unknown' | undefined {
    const summary = this.project.named.summaries.get(path);
    const sources = new Set<string>();
    for (const [index, statement] of (summary?.imports ?? []).entries()) {
      if (statement.kind !== 'star') continue;
      const resolution = this.project.named.links.get(path)?.imports[index]?.resolution;
      if (resolution?.kind !== 'module') return 'unknown';
      const target = this.project.named.summaries.get(resolution.path);
      if (target === undefined || target.isDynamic || target.imports.some(({ kind }) => kind === 'star')) return 'unknown';
      if (target.symbols.has(name)) sources.add(resolution.path);
    }
    return sources.size > 1 ? 'unknown' : [...sources][0];
  }
}
