import type { ProjectEdge } from './link-projects';
import type { StoredTargets } from './read-stored-targets';

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
}): readonly Pick<ProjectEdge, 'source' | 'target'>[] {
  const unchanged = edges.filter(({ sourceFile }) => !isChanged(sourceFile));
  const known = unchanged.length === 0 ? 'everything' : stored();
  const isKept = ({ target, sourceFile }: ProjectEdge) => {
    if (isChanged(sourceFile) || known === 'everything') return true;
    if (known === 'unknown') return false;
    return known.get(sourceFile)?.includes(target) ?? true;
  };
  const kept = new Set(edges.filter(isKept).map(keyOf));
  const lost = new Map(unchanged.filter((edge) => !kept.has(keyOf(edge))).map((edge) => [keyOf(edge), edge]));
  return [...lost.values()].map(({ source, target }) => ({ source, target }));
}

/** Neither name holds a line break. */
function keyOf({ source, target }: ProjectEdge): string {
  return `${source}\n${target}`;
}
