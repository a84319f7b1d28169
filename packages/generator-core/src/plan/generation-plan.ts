import type { Artifact, Phase } from './artifact';
import type { FileGraph } from './file-graph';

/** The ordered work of one service. */
export interface GenerationPlan {
  /** By phase, then by path. */
  readonly artifacts: readonly Artifact[];
  readonly graph: FileGraph;
  /** Generation order: each batch is one strongly connected component (paths, sorted), dependencies first. */
  readonly batches: readonly (readonly string[])[];
  /** Paths by phase, in the order of the phases; phases without artifacts are left out. */
  readonly phases: readonly { readonly phase: Phase; readonly paths: readonly string[] }[];
}
