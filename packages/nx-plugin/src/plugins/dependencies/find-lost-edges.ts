import type { ProjectEdge } from './link-projects';
import type { StoredTargets } from './read-stored-targets';

export type ProjectPair = Pick<ProjectEdge, 'source' | 'target'>;

/**
 * Pairs of projects that Nx would leave without an edge. To a file that did not change, and of which it has stored edges, it gives those
 * and no others, so the edge to a project that came later is lost however often it is returned. Only an edge without a file is then kept.
 */
export function findLostEdges({
  edges,
  isChanged,
  stored,
}: {
  readonly edges: readonly ProjectEdge[];
  /** Nx takes what we say of these files. */
  readonly isChanged: (file: string) => boolean;
  readonly stored: () => StoredTargets;
}): readonly ProjectPair[] {
  const known = edges.every(({ sourceFile }) => isChanged(sourceFile)) ? 'everything' : stored();
  const isKept = ({ target, sourceFile }: ProjectEdge) => {
    if (known === 'everything' || isChanged(sourceFile)) return true;
    if (known === 'unknown') return false;
    return known.get(sourceFile)?.includes(target) ?? true;
  };
  const kept = new Pairs();
  for (const edge of edges) if (!kept.has(edge) && isKept(edge)) kept.add(edge);
  const lost = new Pairs();
  for (const edge of edges) if (!kept.has(edge)) lost.add(edge);
  return lost.list();
}

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
