import type { ArtifactRole } from './artifact-role';

/** Every kind of file of a service, in the order of the phases. */
export const artifactRoles: readonly ArtifactRole[] = [];
