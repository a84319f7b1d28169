import type { ImportStatement, ImportedName } from '../extract/import-statement';
import type { LoadStep } from '../extract/module-summary';
import type { LinkedImport } from './linked-module';
import type { LoadableProject } from './loadable-project';

/** The steps of one file that can load others or fail, with all that is the same in every simulation. */
export interface LoadPlan {
  readonly steps: readonly (PlannedImport | PlannedUse)[];
  /** Name → the numbers of the load steps that bind it, ascending. */
  readonly boundAt: ReadonlyMap<string, readonly number[]>;
  /** The package that gets the module as an attribute when it has loaded, and the attribute. */
  readonly parent: string | undefined;
  readonly nameInParent: string;
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

type UseStep = Extract<LoadStep, { kind: 'use' }>;
type ImportStep = Extract<LoadStep, { kind: 'import' }>;

/** Plans of a project's files, each made when it is first asked for. */
export class LoadPlans {
  private readonly plans = new Map<string, LoadPlan>();

  constructor(private readonly project: LoadableProject) {}

  planOf(path: string): LoadPlan {
    const known = this.plans.get(path);
    if (known !== undefined) return known;
    const plan = this.makePlan(path);
    this.plans.set(path, plan);
    return plan;
  }

  private makePlan(path: string): LoadPlan {
    const steps: (PlannedImport | PlannedUse)[] = [];
    const boundAt = new Map<string, number[]>();
    const note = (name: string, index: number): void => {
      const known = boundAt.get(name);
      if (known === undefined) boundAt.set(name, [index]);
      else known.push(index);
    };
    this.project.summaries.get(path)!.loadSteps.forEach((step, index) => {
      if (step.kind === 'bind') note(step.name, index);
      else if (step.kind === 'import') {
        for (const name of step.binds) note(name, index);
        steps.push({ kind: 'import', index, offset: step.offset, ...this.planImport(path, step) });
      } else {
        const links = this.planUse(path, step);
        if (links.length > 0) steps.push({ kind: 'use', index, offset: step.offset, links });
      }
    });
    return { steps, boundAt, ...parentOf(path) };
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
