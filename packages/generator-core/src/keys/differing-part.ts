import type { ArtifactKey } from '../promote/artifact-key';

/** The first part in which what an artifact is made from now differs from what it was made from; undefined where none does. */
export function differingPart(recorded: ArtifactKey, now: Partial<ArtifactKey>): keyof ArtifactKey | undefined {
  return PARTS.find((part) => part in now && recorded[part] !== now[part]);
}

/** What people ask about first. */
const PARTS = ['spec', 'template', 'model', 'needs'] as const satisfies readonly (keyof ArtifactKey)[];
