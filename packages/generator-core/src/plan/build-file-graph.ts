import { GenerationError } from '../errors/generation-error';
import type { Artifact } from './artifact';
import type { FileDependency, FileGraph } from './file-graph';

/** The file graph of a list of artifacts. Throws when two make the same file or one needs a file that nobody makes. */
export function buildFileGraph(artifacts: readonly Artifact[]): FileGraph {
  const byPath = new Map<string, Artifact>();
  for (const artifact of artifacts) {
    const other = byPath.get(artifact.path);
    if (other) {
      throw new GenerationError(
        `Two artifacts make the file ${artifact.path} (roles ${other.role} and ${artifact.role}). Rename the entity or operation that gives the file its name.`,
      );
    }
    byPath.set(artifact.path, artifact);
  }
  const sorted = [...byPath.values()].sort((a, b) => compare(a.path, b.path));
  return {
    nodes: Object.fromEntries(sorted.map((artifact) => [artifact.path, { name: artifact.path, type: 'file' as const, data: artifact }])),
    dependencies: Object.fromEntries(sorted.map((artifact) => [artifact.path, dependenciesOf(artifact, byPath)])),
  };
}

function dependenciesOf(artifact: Artifact, byPath: ReadonlyMap<string, Artifact>): readonly FileDependency[] {
  return [...new Set(artifact.needs)]
    .filter((target) => target !== artifact.path)
    .sort(compare)
    .map((target) => {
      if (!byPath.has(target)) {
        throw new GenerationError(
          `${artifact.path} needs ${target}, which no artifact makes. The role ${artifact.role} names a file that this spec does not ask for; mend its "needs".`,
        );
      }
      return { source: artifact.path, target, type: 'static' as const };
    });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
