import { differingPart } from '../keys/differing-part';
import type { Artifact } from '../plan/artifact';
import type { Explanation } from '../report/explanation';
import type { ArtifactMemory } from './artifact-memory';

/** What a text uses of the files it needs, and which of those show others something new. */
export interface NeedsNow {
  readonly hash: string;
  readonly changed: readonly string[];
}

interface DecisionSource {
  readonly memory: ArtifactMemory | undefined;
  /** Asked only of what would be made from the same otherwise; `text` is the last run's. Undefined: nothing that it needs shows anything new. */
  readonly needsOf: (artifact: Artifact, text: string) => NeedsNow | undefined;
}

/**
 * Whether the template has to make an artifact, and why. Undefined for what is not the template's to decide:
 * the spec's own file, and what a model wrote the last time.
 */
export function decideArtifact(artifact: Artifact, { memory, needsOf }: DecisionSource): Explanation | undefined {
  const { path } = artifact;
  if (artifact.role === 'spec') return undefined;
  const record = memory?.recordOf(path);
  if (memory === undefined || record === undefined) return { kind: 'made', path, because: 'new' };
  if (artifact.writeOnce === true) return { kind: 'kept', path, because: 'written-once' };
  const base = memory.baseOf(path);
  if (record.model !== undefined && base !== undefined) return undefined;
  if (memory.all) return { kind: 'made', path, because: 'asked' };
  const key = memory.keyOf(artifact);
  if (record.key === undefined || key === undefined || base === undefined) return { kind: 'made', path, because: 'unknown' };
  switch (differingPart(record.key, key)) {
    case undefined: {
      const needs = needsOf(artifact, base);
      if (needs === undefined || needs.hash === record.key.needs) return { kind: 'kept', path, because: 'same' };
      return { kind: 'made', path, because: 'needs', needs: needs.changed };
    }
    case 'spec':
      // The same spec read by another generator.
      return { kind: 'made', path, because: memory.isSameSpec ? 'template' : 'spec' };
    default:
      return { kind: 'made', path, because: 'template' };
  }
}
