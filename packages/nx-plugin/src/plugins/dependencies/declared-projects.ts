import type { PythonProject } from './python-project';
import type { RequirementSource, StatedDependencies } from './stated-dependencies';

export interface DeclaredProjects {
  /** Projects that the manifest takes from the workspace, by their place in the list. */
  readonly taken: ReadonlySet<number>;
  /** Those, and projects with the name of a requirement, wherever it is taken from: they tell which of two a module is imported from. */
  readonly named: ReadonlySet<number>;
}

/** Reads what manifests state against the projects that are there. */
export class DeclarationReader {
  private readonly byRoot: ReadonlyMap<string, number>;
  private readonly byDistribution: ReadonlyMap<string, readonly number[]>;

  constructor(
    projects: readonly PythonProject[],
    /** Folder of each workspace of uv → its sources. */
    private readonly uvWorkspaces: ReadonlyMap<string, StatedDependencies['sources']>,
    private readonly workspaceRoot: string,
  ) {
    this.byRoot = new Map(projects.map(({ root }, place) => [root, place]));
    this.byDistribution = groupByDistribution(projects);
  }

  declaredBy({ root, layout }: PythonProject): DeclaredProjects {
    const { requirements, sources, paths } = layout.stated;
    const taken = new Set<number>();
    const named = new Set<number>();
    for (const path of paths) add(taken, this.at(root, path));
    for (const requirement of requirements) {
      const { folder, found } = this.sourcesOf(requirement, root, sources);
      for (const source of found) add(taken, this.from(source, folder, requirement));
      for (const place of this.byDistribution.get(requirement) ?? []) named.add(place);
    }
    for (const place of taken) named.add(place);
    return { taken, named };
  }

  /** The project's own, or those of the workspace of uv around it; and the folder their paths start from. */
  private sourcesOf(requirement: string, root: string, own: StatedDependencies['sources']) {
    const found = own[requirement];
    if (found !== undefined) return { folder: root, found };
    for (let folder = root; folder !== '.';) {
      folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '.';
      const shared = this.uvWorkspaces.get(folder);
      if (shared !== undefined) return { folder, found: shared[requirement] ?? [] };
    }
    return { folder: root, found: [] };
  }

  private from(source: RequirementSource, folder: string, requirement: string): number | undefined {
    if (source.kind === 'path') return this.at(folder, source.path);
    const places = this.byDistribution.get(requirement) ?? [];
    return places.length === 1 ? places[0] : undefined;
  }

  /** The project in that folder, or around it: `../lib/dist/lib.whl` is `../lib`. */
  private at(folder: string, path: string): number | undefined {
    let place = this.fromRoot(folder, path);
    while (place !== undefined && place !== '.') {
      const found = this.byRoot.get(place);
      if (found !== undefined) return found;
      const end = place.lastIndexOf('/');
      place = end === -1 ? undefined : place.slice(0, end);
    }
    return undefined;
  }

  /** Relative to the workspace root; undefined outside of it. */
  private fromRoot(folder: string, path: string): string | undefined {
    const plain = path.replaceAll('\\', '/');
    const root = `${this.workspaceRoot.replaceAll('\\', '/')}/`;
    if (plain.startsWith(root)) return join('.', plain.slice(root.length));
    return plain.startsWith('/') ? undefined : join(folder, plain);
  }
}

function groupByDistribution(projects: readonly PythonProject[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  projects.forEach(({ layout }, place) => {
    const name = layout.stated.distribution;
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), place]);
  });
  return groups;
}

function add(places: Set<number>, place: number | undefined): void {
  if (place !== undefined) places.add(place);
}

/** `libs/a` and `../b/./src` are `libs/b/src`; undefined when it leads outside. */
function join(folder: string, path: string): string | undefined {
  const parts = folder === '.' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? '.' : parts.join('/');
}
