import type { ProjectEdge } from './link-projects';
import type { StoredTargets } from './read-stored-targets';

export type ProjectPair = Pick<ProjectEdge, 'source' | 'target'>;

export interface ChosenEdges {
  /** Edges with their files. */
  readonly told: readonly ProjectEdge[];
  /** Pairs that Nx would leave without an edge, to be told without a file. */
  readonly lost: readonly ProjectPair[];
}

/**
 * What Nx has to be told. To a file that did not change, and of which it has stored edges, it gives those and no others:
 *
 * - an edge to a project that came later is lost however often it is returned with its file; only one without a file is kept;
 * - an edge that is stored comes back by itself. Of such, one for each pair of projects is told all the same, so that no pair rests on
 *   what Nx has stored; the others would only be sent from process to process, ten thousand at each command of a large workspace.
 */
export function chooseEdges({
  edges,
  isChanged,
  stored,
}: {
  readonly edges: readonly ProjectEdge[];
  /** Nx takes what we say of these files. */
  readonly isChanged: (file: string) => boolean;
  readonly stored: () => StoredTargets;
}): ChosenEdges {
  const known = edges.every(({ sourceFile }) => isChanged(sourceFile)) ? 'everything' : stored();
  const fateOf = ({ target, sourceFile }: ProjectEdge): EdgeFate => {
    if (known === 'everything' || isChanged(sourceFile)) return 'taken';
    if (known === 'unknown') return 'dropped';
    const targets = known.get(sourceFile);
    if (targets === undefined) return 'taken';
    return targets.includes(target) ? 'restored' : 'dropped';
  };
  const kept = new Pairs();
  const told: ProjectEdge[] = [];
  for (const edge of edges) {
    const fate = fateOf(edge);
    if (fate !== 'restored' || !kept.has(edge)) told.push(edge);
    if (fate !== 'dropped') kept.add(edge);
  }
  const lost = new Pairs();
  for (const edge of edges) if (!kept.has(edge)) lost.add(edge);
  return { told, lost: lost.list() };
}

/** What Nx makes of an edge with a file: it takes our word, puts it back by itself, or overwrites it. */
type EdgeFate = 'taken' | 'restored' | 'dropped';

class Pairs {
  private readonly targets = new Map<string, Set<string>>();

  has({ source, target }: ProjectPair): boolean {
    return this.targets.get(source)?.has(target) ?? false;
  }

  add({ source, target }: ProjectPair): void {
    const known = this.targets.get(source);
    if (known === undefined) this.targets.set(source, new Set([target]));
    else known.add(target);
  }

  list(): readonly ProjectPair[] {
    return [...this.targets].flatMap(([source, targets]) => [...targets].map((target) => ({ source, target })));
  }
}
