import { isEqual } from '../algorithms/is-equal';
import { stageKey } from '../algorithms/read-memo';
import type { ImportStatement, ImportedName } from '../extract/import-statement';
import type { LoadStep } from '../extract/module-summary';
import type { LinkedImport } from './linked-module';
import type { DefinitionIndex } from './service/definition-index';
import type { WiredProject } from './service/reference-resolver';

/** The steps of one file that can load others or fail, with all that is the same in every simulation. */
export interface LoadPlan {
  readonly steps: readonly (PlannedImport | PlannedUse)[];
  /** Name → the numbers of the load steps that bind it, ascending. */
  readonly boundAt: ReadonlyMap<string, readonly number[]>;
  /** The package that gets the module as an attribute when it has loaded, and the attribute. */
  readonly parent: string | undefined;
  readonly nameInParent: string;
  /** What has to be loaded for the file to load: its packages, then the file. */
  readonly first: readonly string[];
  /** `any`: the module may have any name; `getattr`: it answers for what it does not bind. */
  readonly names: 'any' | 'getattr' | 'own';
  /** Names bound when the module has loaded. */
  readonly bound: ReadonlySet<string>;
}

interface Planned {
  /** Among all load steps of the file. */
  readonly index: number;
  readonly offset: number;
}

export interface PlannedImport extends Planned {
  readonly kind: 'import';
  readonly statement: ImportStatement;
  /** The module after its parents. */
  readonly loads: readonly string[];
  /** The module's file, when it is the project's. */
  readonly target: string | undefined;
  readonly module: string;
  /** Names that may be modules below this one. */
  readonly submodules: readonly { readonly name: string; readonly path: string }[];
  /** Names the module itself has to answer for. */
  readonly askedNames: readonly ImportedName[];
}

/** `a.b.c` */
export interface PlannedUse extends Planned {
  readonly kind: 'use';
  readonly links: readonly UseLink[];
}

interface UseLink {
  readonly asked: { readonly name: string; readonly span: { readonly start: number; readonly end: number } };
  readonly module: string;
  /** The module's file. */
  readonly path: string | undefined;
  /** The file of the submodule of that name. */
  readonly inner: string | undefined;
}

const STAGE = 'load plans';
const NOTHING_ASKED: ReadonlySet<string> = new Set();

type UseStep = Extract<LoadStep, { kind: 'use' }>;
type ImportStep = Extract<LoadStep, { kind: 'import' }>;

/** Plans of a project's files, each made when it is first asked for and again only when something is another that it was read from. */
export class LoadPlans {
  private readonly plans = new Map<string, LoadPlan>();
  private readonly asked = new Map<string, Set<string>>();
  /** Files with plans, and the plans they had last. */
  private paths: readonly string[] = [];
  private listed: readonly LoadPlan[] = [];
  /** Other files have plans than those. */
  private isOther = false;

  constructor(private readonly index: DefinitionIndex) {}

  planOf(path: string): LoadPlan {
    const known = this.plans.get(path);
    if (known !== undefined) return known;
    const plan = this.index.memo.compute(stageKey(STAGE, path), () => this.makePlan(path));
    this.plans.set(path, plan);
    this.isOther = true;
    return plan;
  }

  /** Notes that a run depends on whether a file has bound that name. */
  noteName(path: string, name: string): void {
    const known = this.asked.get(path);
    if (known === undefined) this.asked.set(path, new Set([name]));
    else known.add(name);
  }

  namesAskedOf(path: string): ReadonlySet<string> {
    return this.asked.get(path) ?? NOTHING_ASKED;
  }

  /** The known plans that are others now. */
  renew(gone: Iterable<string>): ReadonlyMap<string, { readonly before: LoadPlan; readonly after: LoadPlan }> {
    for (const path of gone) if (this.plans.delete(path)) this.isOther = true;
    if (this.isOther) this.paths = [...this.plans.keys()];
    this.isOther = false;
    const plans = this.index.memo.computeAll(STAGE, this.paths, (path) => this.makePlan(path));
    const changed = new Map<string, { readonly before: LoadPlan; readonly after: LoadPlan }>();
    if (plans === this.listed) return changed;
    const listed = this.listed;
    this.listed = plans;
    for (let index = 0; index < plans.length; index += 1) {
      if (plans[index] === listed[index]) continue;
      const path = this.paths[index]!;
      const [before, after] = [this.plans.get(path)!, plans[index]!];
      if (before === after) continue;
      changed.set(path, { before, after });
      this.plans.set(path, after);
    }
    return changed;
  }

  private get project(): WiredProject {
    return this.index.project;
  }

  private makePlan(path: string): LoadPlan {
    const steps: (PlannedImport | PlannedUse)[] = [];
    const boundAt = new Map<string, number[]>();
    const note = (name: string, index: number): void => {
      const known = boundAt.get(name);
      if (known === undefined) boundAt.set(name, [index]);
      else known.push(index);
    };
    const { loadSteps, isDynamic, hasModuleGetattr, symbols } = this.project.summaries.get(path)!;
    loadSteps.forEach((step, index) => {
      if (step.kind === 'bind') note(step.name, index);
      else if (step.kind === 'import') {
        for (const name of step.binds) note(name, index);
        steps.push({ kind: 'import', index, offset: step.offset, ...this.planImport(path, step) });
      } else {
        const links = this.planUse(path, step);
        if (links.length > 0) steps.push({ kind: 'use', index, offset: step.offset, links });
      }
    });
    const module = this.project.links.get(path)!.module;
    const location = module === undefined ? undefined : this.project.resolver.finder.find(module);
    const first = location?.kind === 'module' && location.path === path ? location.loads : [path];
    const bound = new Set([...symbols.values()].filter(({ status }) => status === 'bound').map(({ name }) => name));
    return { steps, boundAt, first, names: isDynamic ? 'any' : hasModuleGetattr ? 'getattr' : 'own', bound, ...parentOf(path) };
  }

  private planImport(path: string, { importIndex }: ImportStep): Omit<PlannedImport, 'kind' | 'index' | 'offset'> {
    const statement = this.project.summaries.get(path)!.imports[importIndex]!;
    const linked = this.project.links.get(path)!.imports[importIndex]!;
    const { resolution } = linked;
    if (resolution.kind !== 'module' && resolution.kind !== 'namespace-package')
      return { statement, loads: [], target: undefined, module: '', submodules: [], askedNames: [] };
    const { finder } = this.project.resolver;
    const location = finder.find(resolution.module);
    return {
      statement,
      loads: location.kind === 'missing' ? [] : location.loads,
      target: resolution.kind === 'module' ? resolution.path : undefined,
      module: resolution.module,
      submodules: linked.names.flatMap(({ name }) => {
        const submodule = finder.find(`${resolution.module}.${name}`);
        return submodule.kind === 'module' ? [{ name, path: submodule.path }] : [];
      }),
      askedNames: statement.names.filter((_, index) => isOwnName(linked, index)),
    };
  }

  /** Empty when the use can never fail: nothing of the project is asked. */
  private planUse(path: string, { use }: UseStep): readonly UseLink[] {
    const { finder } = this.project.resolver;
    const links: UseLink[] = [];
    let module = this.startOf(path, use);
    for (const asked of use.attributes) {
      const location = module === undefined ? undefined : finder.find(module);
      if (module === undefined || location === undefined || location.kind === 'missing') break;
      const inner = finder.find(`${module}.${asked.name}`);
      links.push({
        asked,
        module,
        path: location.kind === 'module' ? location.path : undefined,
        inner: inner.kind === 'module' ? inner.path : undefined,
      });
      module = `${module}.${asked.name}`;
    }
    return links;
  }

  /** The module the first name stands for. */
  private startOf(path: string, use: UseStep['use']): string | undefined {
    const statement = this.project.summaries.get(path)!.imports[use.importIndex]!;
    const { resolution, names } = this.project.links.get(path)!.imports[use.importIndex]!;
    if (resolution.kind !== 'module' || resolution.via !== 'root') return undefined;
    if (use.importedNameIndex === undefined) return statement.hasAlias ? resolution.module : resolution.module.split('.')[0]!;
    const asked = names[use.importedNameIndex]!;
    return asked.status === 'submodule' ? `${resolution.module}.${asked.name}` : undefined;
  }
}

/** Whether a run that asked a file for no other names than these goes the same way by either plan; places may differ. */
export function isSamePlan(before: LoadPlan, after: LoadPlan, asked: ReadonlySet<string>): boolean {
  const [left, right] = [before, after].map((plan) => [
    plan.first,
    plan.names,
    plan.steps.map(shapeOf),
    [...asked].map((name) => [plan.bound.has(name), ranksOf(plan, name)]),
    asked.has(ALL_NAMES) ? [...plan.boundAt.keys()].map((name) => [name, ranksOf(plan, name)]) : [],
  ]);
  return isEqual(left, right);
}

/** What a run asks for when a star import takes all names. */
export const ALL_NAMES = '*';

function shapeOf(step: PlannedImport | PlannedUse): unknown {
  if (step.kind === 'use') return step.links.map(({ asked, module, path, inner }) => [asked.name, module, path, inner]);
  const { statement, loads, target, module, submodules, askedNames } = step;
  const { kind, conditional, guard } = statement;
  return [kind, conditional, guard, loads, target, module, submodules, askedNames.map(({ name }) => name)];
}

/** Where a name is bound: after how many of the steps, and whether by one of them, which may fail. */
function ranksOf({ steps, boundAt }: LoadPlan, name: string): readonly (readonly [number, boolean])[] {
  return (boundAt.get(name) ?? []).map((at) => {
    const rank = steps.findLastIndex(({ index }) => index <= at);
    return [rank, steps[rank]?.index === at];
  });
}

function isOwnName({ names }: LinkedImport, index: number): boolean {
  const status = names[index]?.status;
  return status === 'symbol' || status === 'dynamic';
}

function parentOf(path: string): Pick<LoadPlan, 'parent' | 'nameInParent'> {
  const module = path.replace(/\/__init__\.py$/, '').replace(/\.py$/, '');
  const slash = module.lastIndexOf('/');
  const parent = slash > 0 ? `${module.slice(0, slash)}/__init__.py` : undefined;
  return { parent, nameInParent: module.slice(slash + 1) };
}
