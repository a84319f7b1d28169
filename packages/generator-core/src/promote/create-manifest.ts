import type { Artifact } from '../plan/artifact';
import type { ArtifactRecord, Manifest } from './manifest';
import { textHash } from './text-hash';

/** What a run knows of an artifact beyond the plan. */
export type ArtifactDetails = Pick<ArtifactRecord, 'key' | 'surface' | 'model'>;

interface ManifestSource {
  readonly generator: string;
  readonly specText: string;
  readonly artifacts: readonly Pick<Artifact, 'path' | 'role' | 'entity' | 'operation'>[];
  /** By path. */
  readonly details?: ReadonlyMap<string, ArtifactDetails>;
}

/** The manifest of a run. */
export function createManifest({ generator, specText, artifacts, details = new Map() }: ManifestSource): Manifest {
  const records = artifacts.map(({ path, role, entity, operation }): [string, ArtifactRecord] => {
    const { key, surface, model } = details.get(path) ?? {};
    return [path, { path, role, entity, operation, key, surface, model }];
  });
  return {
    version: 2,
    generator,
    spec: textHash(specText),
    artifacts: new Map(records.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
