import type { DistributionResolution } from './find-distribution';
import type { ImportResolution } from './import-resolution';

/** What manifests say of an import that is not the project's own: of a library's module, too. */
export function distributionOf(resolution: ImportResolution): DistributionResolution | undefined {
  if (resolution.kind === 'distribution') return resolution;
  return resolution.kind === 'library' ? resolution.distribution : undefined;
}
