import type { ArtifactRole } from '../artifacts/artifact-role';
import { artifactRoles } from '../artifacts/registry';
import type { ServiceSpec } from '../spec/service-spec';
import { phases, type Artifact } from './artifact';
import { buildFileGraph } from './build-file-graph';
import type { GenerationPlan } from './generation-plan';
import { generationOrder } from './generation-order';

/** The spec itself, kept beside the code; written as the user wrote it. */
const specArtifact: Artifact = {
  path: 'service.yaml',
  phase: 'project',
  role: 'spec',
  template: '',
  provides: [],
  needs: [],
};

const requirementsPath = 'pyproject.toml';

/** Spec → artifacts → file graph → generation order. Same spec, same plan. */
export function planService(spec: ServiceSpec, roles: readonly ArtifactRole[] = artifactRoles): GenerationPlan {
  const artifacts = [...roles.flatMap((role) => role.artifacts(spec)), specArtifact];
  const graph = buildFileGraph(artifacts.map((artifact) => withRequirements(artifact, artifacts)));
  const planned = Object.values(graph.nodes).map((node) => node.data);
  return {
    artifacts: phases.flatMap((phase) => planned.filter((artifact) => artifact.phase === phase)),
    graph,
    batches: generationOrder(graph),
    phases: phases
      .map((phase) => ({ phase, paths: planned.filter((artifact) => artifact.phase === phase).map((artifact) => artifact.path) }))
      .filter(({ paths }) => paths.length > 0),
  };
}

/** A Python file may import only declared distributions, so what declares them is made before it. */
function withRequirements(artifact: Artifact, artifacts: readonly Artifact[]): Artifact {
  const applies = artifact.path.endsWith('.py') && artifacts.some((other) => other.path === requirementsPath);
  return applies ? { ...artifact, needs: [...artifact.needs, requirementsPath] } : artifact;
}
