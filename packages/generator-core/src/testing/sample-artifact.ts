import type { Artifact } from '../plan/artifact';

/** An artifact for tests: only what the test is about is given. */
export function sampleArtifact(path: string, given: Partial<Artifact> = {}): Artifact {
  return { path, phase: 'core', role: 'sample', template: 'sample.jinja', provides: [], needs: [], ...given };
}
