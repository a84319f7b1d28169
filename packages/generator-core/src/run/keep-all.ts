import { differingPart } from '../keys/differing-part';
import type { Artifact } from '../plan/artifact';
import type { GenerationPlan } from '../plan/generation-plan';
import type { ArtifactKey } from '../promote/artifact-key';
import type { Explanation } from '../report/explanation';
import type { ArtifactMemory } from './artifact-memory';
import { decideArtifact } from './decide-artifact';
import type { MadeArtifacts } from './make-artifacts';

/**
 * What the last run left, what a model wrote with it, where all would be made from the same again; undefined where anything is to be made.
 * Renders nothing and reads no Python: files that passed the gates together pass them together.
 */
export function keepAll(plan: GenerationPlan, { specText, memory }: KeepSource): MadeArtifacts | undefined {
  if (memory.isMerged) return undefined;
  const surfaces = new Map<string, string>();
  const texts = new Map<string, string>();
  const keys = new Map<string, ArtifactKey>();
  const explanations = new Map<string, Explanation>();
  for (const artifact of plan.artifacts) {
    const { path } = artifact;
    const text = artifact.role === 'spec' ? specText : memory.baseOf(path);
    const explanation = artifact.role === 'spec' ? undefined : explain(artifact, memory);
    if (text === undefined || explanation?.kind === 'made' || (memory.rendersOnce && explanation?.because === 'written-once'))
      return undefined;
    texts.set(path, text);
    const { key, surface } = memory.recordOf(path) ?? {};
    if (key !== undefined) keys.set(path, key);
    if (surface !== undefined) surfaces.set(path, surface);
    if (explanation !== undefined) explanations.set(path, explanation);
  }
  return { texts, surfaces, keys, explanations, work: { rendered: [], parsed: 0 } };
}

interface KeepSource {
  readonly specText: string;
  readonly memory: ArtifactMemory;
}

/** Where all is kept, nothing shows others anything new. */
function explain(artifact: Artifact, memory: ArtifactMemory): Explanation {
  const { path } = artifact;
  const decided = decideArtifact(artifact, { memory, needsOf: () => undefined });
  if (decided !== undefined) return decided;
  const record = memory.recordOf(path);
  const isSame = record?.key !== undefined && differingPart(record.key, memory.promptKeyOf(artifact)) === undefined;
  return isSame ? { kind: 'kept', path, because: 'fits' } : { kind: 'made', path, because: 'unknown' };
}
