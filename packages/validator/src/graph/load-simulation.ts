import type { LoadStep, ModuleSummary } from '../extract/module-summary';
import type { ImportResolver } from '../resolve/import-resolver';
import type { LinkedImport, LinkedModule } from './linked-module';

/** A name asked of a module that is still loading. */
export interface LoadFailure {
  readonly importer: string;
  /** Where in the importer: the place of the name asked for. */
  readonly span: { readonly start: number; readonly end: number };
  readonly target: string;
  readonly name: string;
  /** From the target to the importer: each file and the offset of the import that led to the next. */
  readonly chain: readonly { readonly path: string; readonly offset: number }[];
  /** False when a conditional import may have changed the order on the way. */
  readonly certain: boolean;
}

export interface LoadableProject {
  readonly summaries: ReadonlyMap<string, ModuleSummary>;
  readonly links: ReadonlyMap<string, LinkedModule>;
  readonly resolver: ImportResolver;
}

interface Frame {
  readonly path: string;
  next: number;
  /** Files the current import still has to load, in order. */
  queue: string[];
  /** Of the current import: nothing done, module asked for, submodules asked for. */
  phase: 'start' | 'module' | 'submodules';
}

type ImportStep = Extract<LoadStep, { kind: 'import' }>;

/** Runs the top-level statements of an entry point's modules as Python would, without recursion; stops at the first failure. */
export class LoadSimulation {
  /** Files in the order they began to load. */
  readonly visited = new Set<string>();
  private readonly loading = new Set<string>();
  private readonly bound = new Map<string, Set<string>>();
  private readonly stack: Frame[] = [];
  private isCertain = true;

  constructor(private readonly project: LoadableProject) {}

  /** Loads the module of that file after its parent packages. */
  run(path: string): LoadFailure | undefined {
    for (const file of this.filesToLoad(this.project.links.get(path)?.module, path)) {
      this.begin(file);
      while (this.stack.length > 0) {
        const failure = this.advance(this.stack[this.stack.length - 1]!);
        if (failure !== undefined && !this.isCaught()) return failure;
      }
    }
    return undefined;
  }

  /** An `except ImportError` around an import further down the stack ends the failure there; what it loads next is a guess. */
  private isCaught(): boolean {
    const catcher = this.stack.findLastIndex((frame, index) => index < this.stack.length - 1 && this.isGuarded(frame));
    if (catcher < 0) return false;
    this.isCertain = false;
    for (const { path } of this.stack.splice(catcher + 1)) {
      this.visited.delete(path);
      this.loading.delete(path);
    }
    const frame = this.stack[catcher]!;
    frame.next += 1;
    frame.phase = 'start';
    frame.queue = [];
    return true;
  }

  private isGuarded({ path, next }: Frame): boolean {
    const { loadSteps, imports } = this.project.summaries.get(path)!;
    const step = loadSteps[next];
    return step?.kind === 'import' && imports[step.importIndex]!.guard === 'guarded';
  }

  private filesToLoad(module: string | undefined, path: string): readonly string[] {
    const location = module === undefined ? undefined : this.project.resolver.finder.find(module);
    return location?.kind === 'module' && location.path === path ? location.loads : [path];
  }

  private begin(path: string): void {
    if (this.visited.has(path) || !this.project.summaries.has(path)) return;
    this.visited.add(path);
    this.loading.add(path);
    this.bound.set(path, new Set());
    this.stack.push({ path, next: 0, queue: [], phase: 'start' });
  }

  private advance(frame: Frame): LoadFailure | undefined {
    const step = this.project.summaries.get(frame.path)!.loadSteps[frame.next];
    if (step === undefined) {
      this.finish(frame);
      return undefined;
    }
    if (step.kind === 'import') return this.advanceImport(frame, step);
    frame.next += 1;
    if (step.kind === 'bind') this.bound.get(frame.path)!.add(step.name);
    else return this.checkUse(frame, step);
    return undefined;
  }

  private finish(frame: Frame): void {
    this.stack.pop();
    this.loading.delete(frame.path);
    const folder = frame.path.replace(/\/__init__\.py$/, '').replace(/\.py$/, '');
    const slash = folder.lastIndexOf('/');
    if (slash > 0) this.bound.get(`${folder.slice(0, slash)}/__init__.py`)?.add(folder.slice(slash + 1));
  }

  private advanceImport(frame: Frame, step: ImportStep): LoadFailure | undefined {
    const linked = this.project.links.get(frame.path)!.imports[step.importIndex]!;
    const statement = this.project.summaries.get(frame.path)!.imports[step.importIndex]!;
    if (frame.phase === 'start') {
      frame.phase = 'module';
      frame.queue = this.filesOf(linked);
      if (statement.conditional && frame.queue.some((path) => !this.visited.has(path))) this.isCertain = false;
    }
    const next = frame.queue.shift();
    if (next !== undefined) {
      this.begin(next);
      return undefined;
    }
    if (frame.phase === 'module') {
      frame.phase = 'submodules';
      frame.queue = this.submodulesOf(linked);
      return undefined;
    }
    frame.phase = 'start';
    frame.next += 1;
    return this.finishImport(frame, step, linked);
  }

  /** The module after its parents. */
  private filesOf({ resolution }: LinkedImport): string[] {
    if (resolution.kind !== 'module' && resolution.kind !== 'namespace-package') return [];
    const location = this.project.resolver.finder.find(resolution.module);
    return location.kind === 'missing' ? [] : [...location.loads];
  }

  /** `from package import name` loads the submodule when the package does not have the name by then. */
  private submodulesOf({ resolution, names }: LinkedImport): string[] {
    if (resolution.kind !== 'module' && resolution.kind !== 'namespace-package') return [];
    const bound = resolution.kind === 'module' ? this.bound.get(resolution.path) : undefined;
    return names.flatMap(({ name }) => {
      const submodule = bound?.has(name) === true ? undefined : this.project.resolver.finder.find(`${resolution.module}.${name}`);
      return submodule?.kind === 'module' ? [submodule.path] : [];
    });
  }

  private finishImport(frame: Frame, step: ImportStep, linked: LinkedImport): LoadFailure | undefined {
    const { resolution } = linked;
    const bound = this.bound.get(frame.path)!;
    const statement = this.project.summaries.get(frame.path)!.imports[step.importIndex]!;
    if (resolution.kind === 'module' && this.loading.has(resolution.path)) {
      const index = linked.names.findIndex(
        ({ name, status }) => (status === 'symbol' || status === 'dynamic') && !this.isThere(resolution.path, resolution.module, name),
      );
      if (index >= 0) {
        if (statement.guard === 'none') return this.failure(frame, resolution.path, statement.names[index]!);
        this.isCertain = false;
      }
    }
    for (const name of step.binds) bound.add(name);
    if (statement.kind === 'star' && resolution.kind === 'module')
      for (const name of this.bound.get(resolution.path) ?? []) bound.add(name);
    return undefined;
  }

  /** A package gets a submodule as its attribute only when that has loaded. */
  private hasBound(path: string, name: string): boolean {
    return this.bound.get(path)?.has(name) === true;
  }

  /** An attribute, or a submodule that has begun to load. */
  private isThere(path: string, module: string, name: string): boolean {
    if (this.hasBound(path, name)) return true;
    const summary = this.project.summaries.get(path)!;
    if (summary.isDynamic) return true;
    if (summary.hasModuleGetattr) return this.hasBound(path, '__getattr__');
    if (summary.symbols.get(name)?.status !== 'bound') return true;
    const submodule = this.project.resolver.finder.find(`${module}.${name}`);
    return submodule.kind === 'module' && this.visited.has(submodule.path);
  }

  /** `a.x` at top level while `a` is still loading. */
  private checkUse(frame: Frame, step: Extract<LoadStep, { kind: 'use' }>): LoadFailure | undefined {
    const summary = this.project.summaries.get(frame.path)!;
    const statement = summary.imports[step.use.importIndex]!;
    const linked = this.project.links.get(frame.path)!.imports[step.use.importIndex]!;
    if (linked.resolution.kind !== 'module' || linked.resolution.via !== 'root') return undefined;
    let module: string = linked.resolution.module;
    if (step.use.importedNameIndex !== undefined) {
      const asked = linked.names[step.use.importedNameIndex]!;
      if (asked.status !== 'submodule') return undefined;
      module = `${module}.${asked.name}`;
    } else if (!statement.hasAlias) module = module.split('.')[0]!;
    for (const { name, span } of step.use.attributes) {
      const location = this.project.resolver.finder.find(module);
      if (location.kind === 'missing') return undefined;
      if (location.kind === 'module' && this.loading.has(location.path) && !this.isThere(location.path, module, name)) {
        return this.failure(frame, location.path, { name, span });
      }
      module = `${module}.${name}`;
      const inner = this.project.resolver.finder.find(module);
      if (inner.kind === 'module' && this.loading.has(inner.path) && !(location.kind === 'module' && this.hasBound(location.path, name))) {
        return this.failure(frame, inner.path, { name, span });
      }
    }
    return undefined;
  }

  private failure(
    frame: Frame,
    target: string,
    { name, span }: { readonly name: string; readonly span: { readonly start: number; readonly end: number } },
  ): LoadFailure {
    const from = this.stack.findIndex(({ path }) => path === target);
    const chain = this.stack.slice(Math.max(0, from)).map(({ path, next }) => ({
      path,
      offset: path === frame.path ? span.start : (this.project.summaries.get(path)!.loadSteps[next]?.offset ?? 0),
    }));
    return { importer: frame.path, span, target, name, chain, certain: this.isCertain };
  }
}
