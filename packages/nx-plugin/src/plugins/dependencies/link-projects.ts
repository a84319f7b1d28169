import type { DeclarationReader } from './declared-projects';
import { indexModules, type ModuleIndex } from './module-index';
import { OwnModules } from './own-modules';
import type { PythonFile, PythonProject } from './python-project';

/** `source` needs `target` because of what `sourceFile` says. */
export interface ProjectEdge {
  readonly source: string;
  readonly target: string;
  readonly sourceFile: string;
}

/**
 * Every edge between these projects, each once for a file that makes it, in stable order.
 * A name that leads to several projects makes one only where a manifest says which is meant: no edge is a guess.
 */
export function linkProjects({
  projects,
  names,
  declarations,
}: {
  readonly projects: readonly PythonProject[];
  /** Number → path of what is imported. */
  readonly names: readonly string[];
  readonly declarations: DeclarationReader;
}): readonly ProjectEdge[] {
  const index = indexModules(projects);
  const owned = names.map((name) => findOwned(index, name));
  return projects.flatMap((project, place) => {
    const { taken, named } = declarations.declaredBy(project);
    const importer = new Importer({ project, place, names, owned, declared: named });
    const declared = project.hasPyproject ? [edgesOf(fileBelow(project, 'pyproject.toml'), taken)] : [];
    return [...declared, ...project.files.map((file) => edgesOf(file.file, importer.targetsOf(file)))].flat();

    function edgesOf(sourceFile: string, targets: Iterable<number>): readonly ProjectEdge[] {
      const others = [...targets].filter((target) => target !== place).map((target) => projects[target]!.name);
      return others.sort().map((target) => ({ source: project.name, target, sourceFile }));
    }
  });
}

/** The longest part of a name that is a module of some project's. */
interface OwnedModule {
  readonly length: number;
  readonly owners: readonly number[];
}

function findOwned(index: ModuleIndex, name: string): OwnedModule | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf('/', end - 1)) {
    const owners = index.get(name.slice(0, end));
    if (owners !== undefined) return { length: end, owners };
  }
  return undefined;
}

/** Says for the files of one project where their imports lead. */
class Importer {
  private readonly place: number;
  private readonly project: PythonProject;
  private readonly names: readonly string[];
  private readonly owned: readonly (OwnedModule | undefined)[];
  private readonly declared: ReadonlySet<number>;
  private modules: OwnModules | undefined;
  /** By number of the name; those that the file's own folder may answer are not kept. */
  private readonly targets = new Map<number, number | undefined>();

  constructor(options: {
    readonly project: PythonProject;
    readonly place: number;
    readonly names: readonly string[];
    readonly owned: readonly (OwnedModule | undefined)[];
    readonly declared: ReadonlySet<number>;
  }) {
    this.project = options.project;
    this.place = options.place;
    this.names = options.names;
    this.owned = options.owned;
    this.declared = options.declared;
  }

  targetsOf({ file, imports }: PythonFile): ReadonlySet<number> {
    const targets = new Set<number>();
    for (const number of imports) {
      const module = this.owned[number];
      if (module === undefined) continue;
      const target = this.targetOf(number, module);
      if (target === undefined || targets.has(target)) continue;
      if (this.declared.has(target) || !this.own().hasBeside(file, this.names[number]!, module.length)) targets.add(target);
    }
    return targets;
  }

  private targetOf(number: number, module: OwnedModule): number | undefined {
    if (this.targets.has(number)) return this.targets.get(number);
    const target = this.choose(this.names[number]!, module);
    this.targets.set(number, target);
    return target;
  }

  /** The importer's own module wins; then the only owner; then the only one that is declared. */
  private choose(name: string, { length, owners }: OwnedModule): number | undefined {
    if (owners.includes(this.place) || this.own().has(name, length)) return undefined;
    if (owners.length === 1) return owners[0];
    const declared = owners.filter((owner) => this.declared.has(owner));
    return declared.length === 1 ? declared[0] : undefined;
  }

  private own(): OwnModules {
    this.modules ??= new OwnModules(this.project);
    return this.modules;
  }
}

function fileBelow({ root }: PythonProject, name: string): string {
  return root === '.' ? name : `${root}/${name}`;
}
