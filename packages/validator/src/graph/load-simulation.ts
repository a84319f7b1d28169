import { ALL_NAMES, type LoadPlans, type PlannedImport, type PlannedUse } from './load-plan';
import type { LoadableProject } from './loadable-project';

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

interface Frame {
  readonly path: string;
  /** Among the steps of the file's plan. */
  next: number;
  /** Files the current import has to load, in order, and how many of them it has asked for. */
  queue: readonly string[];
  asked: number;
  /** Of the current import: nothing done, module asked for, submodules asked for. */
  phase: 'start' | 'module' | 'submodules';
}

const NOTHING: readonly string[] = [];

/** Runs the top-level statements of an entry point's modules as Python would, without recursion; stops at the first failure. */
export class LoadSimulation {
  /** Files in the order they began to load. */
  readonly visited = new Set<string>();
  /** Files from elsewhere that were asked for, in order: see `within`. */
  readonly requests = new Set<string>();
  /** Something failed, also where it was caught, or cannot be told within these files alone. */
  isDoubtful = false;
  private readonly loading = new Set<string>();
  /** How far a file came, by the number of the step it is at: what earlier steps bind is bound. */
  private readonly positions = new Map<string, number>();
  /** Names bound by no step of the file itself: submodules that loaded, names of star imports. */
  private readonly extras = new Map<string, Set<string>>();
  /** Imports that failed in a `try`, by number: what they bind is not bound. */
  private readonly failed = new Map<string, Set<number>>();
  private readonly stack: Frame[] = [];
  private isCertain = true;

  constructor(
    private readonly project: LoadableProject,
    private readonly plans: LoadPlans,
    /** Loads these files only; whatever else they ask for counts as loaded. All when left out. */
    private readonly within?: ReadonlySet<string>,
  ) {}

  /** Loads the module of that file after its parent packages. */
  run(path: string): LoadFailure | undefined {
    for (const file of this.plans.planOf(path).first) {
      const failure = this.load(file);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  /** Loads that file alone: its packages are there, or not asked for. */
  load(file: string): LoadFailure | undefined {
    this.begin(file);
    while (this.stack.length > 0) {
      const failure = this.advance(this.stack[this.stack.length - 1]!);
      if (failure === undefined) continue;
      this.isDoubtful = true;
      if (!this.isCaught()) return failure;
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
    noteIn(this.failed, frame.path, this.plans.planOf(frame.path).steps[frame.next]!.index);
    this.moveOn(frame);
    return true;
  }

  private isGuarded({ path, next }: Frame): boolean {
    const step = this.plans.planOf(path).steps[next];
    return step?.kind === 'import' && step.statement.guard === 'guarded';
  }

  /** False when the file has begun before, or is none of the project's. */
  private begin(path: string): boolean {
    if (this.visited.has(path) || !this.project.summaries.has(path)) return false;
    if (this.isElsewhere(path)) {
      this.requests.add(path);
      return false;
    }
    this.visited.add(path);
    this.loading.add(path);
    this.positions.set(path, this.plans.planOf(path).steps[0]?.index ?? Infinity);
    this.extras.delete(path);
    this.failed.delete(path);
    this.stack.push({ path, next: 0, queue: NOTHING, asked: 0, phase: 'start' });
    return true;
  }

  private advance(frame: Frame): LoadFailure | undefined {
    const step = this.plans.planOf(frame.path).steps[frame.next];
    if (step === undefined) {
      this.finish(frame);
      return undefined;
    }
    if (step.kind === 'import') return this.advanceImport(frame, step);
    const failure = this.checkUse(frame, step);
    if (failure === undefined) this.moveOn(frame);
    return failure;
  }

  /** To the next step; what lies between only binds names. */
  private moveOn(frame: Frame): void {
    frame.next += 1;
    enter(frame, 'start', NOTHING);
    this.positions.set(frame.path, this.plans.planOf(frame.path).steps[frame.next]?.index ?? Infinity);
  }

  private finish({ path }: Frame): void {
    this.stack.pop();
    this.loading.delete(path);
    const { parent, nameInParent } = this.plans.planOf(path);
    if (parent !== undefined && this.positions.has(parent)) noteIn(this.extras, parent, nameInParent);
  }

  private advanceImport(frame: Frame, step: PlannedImport): LoadFailure | undefined {
    if (frame.phase === 'start') {
      if (step.statement.conditional && step.loads.some((path) => !this.visited.has(path))) this.isCertain = false;
      enter(frame, 'module', step.loads);
    }
    if (this.beginNext(frame)) return undefined;
    if (frame.phase === 'module') {
      enter(frame, 'submodules', this.submodulesOf(step));
      if (this.beginNext(frame)) return undefined;
    }
    const failure = this.finishImport(frame, step);
    if (failure === undefined) this.moveOn(frame);
    return failure;
  }

  /** Begins the next file of the queue that has not begun; false when there is none. */
  private beginNext(frame: Frame): boolean {
    while (frame.asked < frame.queue.length) {
      frame.asked += 1;
      if (this.begin(frame.queue[frame.asked - 1]!)) return true;
    }
    return false;
  }

  /** `from package import name` loads the submodule when the package does not have the name by then. */
  private submodulesOf({ submodules, target }: PlannedImport): readonly string[] {
    if (submodules.length === 0) return NOTHING;
    return submodules.filter(({ name }) => target === undefined || !this.hasBound(target, name)).map(({ path }) => path);
  }

  private finishImport(frame: Frame, { target, module, askedNames, statement }: PlannedImport): LoadFailure | undefined {
    if (target === undefined) return undefined;
    if (this.loading.has(target)) {
      const missing = askedNames.find(({ name }) => !this.isThere(target, module, name));
      if (missing !== undefined && statement.guard === 'none') return this.failure(frame, target, missing);
      if (missing !== undefined) this.isCertain = false;
    }
    if (statement.kind === 'star') for (const name of this.boundNames(target)) noteIn(this.extras, frame.path, name);
    return undefined;
  }

  private boundNames(path: string): readonly string[] {
    this.plans.noteName(path, ALL_NAMES);
    const own = [...this.plans.planOf(path).boundAt.keys()].filter((name) => this.hasBound(path, name));
    return [...own, ...(this.extras.get(path) ?? [])];
  }

  private isElsewhere(path: string): boolean {
    return this.within?.has(path) === false;
  }

  /** What a star import brought there is not known here. */
  private isBoundElsewhere(path: string, name: string): boolean {
    const { boundAt, steps } = this.plans.planOf(path);
    if (boundAt.has(name)) return true;
    if (steps.some((step) => step.kind === 'import' && step.statement.kind === 'star')) this.isDoubtful = true;
    return false;
  }

  /** A package gets a submodule as its attribute only when that has loaded. */
  private hasBound(path: string, name: string): boolean {
    this.plans.noteName(path, name);
    if (this.isElsewhere(path)) return this.isBoundElsewhere(path, name);
    const position = this.positions.get(path);
    if (position === undefined) return false;
    if (this.extras.get(path)?.has(name) === true) return true;
    const failed = this.failed.get(path);
    return (
      this.plans
        .planOf(path)
        .boundAt.get(name)
        ?.some((index) => index < position && failed?.has(index) !== true) === true
    );
  }

  /** An attribute, or a submodule that has begun to load. */
  private isThere(path: string, module: string, name: string): boolean {
    if (this.hasBound(path, name)) return true;
    const { names, bound } = this.plans.planOf(path);
    if (names === 'any') return true;
    if (names === 'getattr') return this.hasBound(path, '__getattr__');
    if (!bound.has(name)) return true;
    const submodule = this.project.resolver.finder.find(`${module}.${name}`);
    return submodule.kind === 'module' && this.visited.has(submodule.path);
  }

  /** `a.x` at top level while `a` is still loading. */
  private checkUse(frame: Frame, { links }: PlannedUse): LoadFailure | undefined {
    for (const { module, path, inner, asked } of links) {
      if (path !== undefined && this.loading.has(path) && !this.isThere(path, module, asked.name)) return this.failure(frame, path, asked);
      if (inner !== undefined && this.loading.has(inner) && !(path !== undefined && this.hasBound(path, asked.name)))
        return this.failure(frame, inner, asked);
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
      offset: path === frame.path ? span.start : (this.plans.planOf(path).steps[next]?.offset ?? 0),
    }));
    return { importer: frame.path, span, target, name, chain, certain: this.isCertain };
  }
}

function enter(frame: Frame, phase: Frame['phase'], queue: readonly string[]): void {
  frame.phase = phase;
  frame.queue = queue;
  frame.asked = 0;
}

function noteIn<Item>(notes: Map<string, Set<Item>>, path: string, item: Item): void {
  const known = notes.get(path);
  if (known === undefined) notes.set(path, new Set([item]));
  else known.add(item);
}
