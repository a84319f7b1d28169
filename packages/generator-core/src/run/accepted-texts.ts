import type { ArtifactWritten } from '../attempt/write-artifact';

/** What the model wrote and what was accepted of it, by path. */
export function acceptedTexts(written: ReadonlyMap<string, ArtifactWritten>): ReadonlyMap<string, string> {
  return new Map([...written].flatMap(([path, result]): [string, string][] => (result.kind === 'accepted' ? [[path, result.text]] : [])));
}
