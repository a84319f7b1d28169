import { openProject, type Project } from '@org/validator';
import { CriticalPhaseError, type ArtifactFailure } from '../errors/critical-phase-error';
import { gateArtifacts, type Candidate } from '../gate/gate-artifacts';
import { groupByPath } from '../gate/group-by-path';
import { checkPhaseGates } from '../gate/phase-gate';
import type { Artifact } from '../plan/artifact';
import type { GenerationPlan } from '../plan/generation-plan';

/** Writes the text of one artifact. */
export type Coder = (artifact: Artifact) => string;

/**
 * Makes every artifact of the plan in generation order and passes each batch through the gates before anything that
 * needs it is made. Gives the accepted texts by path. Throws `CriticalPhaseError` when a phase stays incomplete.
 */
export function makeArtifacts(plan: GenerationPlan, coder: Coder): ReadonlyMap<string, string> {
  const project = openProject({ files: new Map() });
  const accepted = new Map<string, string>();
  const failed = new Map<string, ArtifactFailure>();
  for (const batch of plan.batches) {
    const makeable = batch.filter((path) => !missesNeeds({ plan, path, failed }));
    const candidates = makeable.map((path) => candidateOf(plan, path, coder));
    const faults = gateArtifacts(candidates, project);
    for (const { artifact, text } of candidates) {
      const diagnostics = faults.get(artifact.path);
      if (diagnostics) failed.set(artifact.path, { kind: 'rejected', path: artifact.path, diagnostics });
      else accepted.set(artifact.path, text);
    }
    checkPhaseGates(plan, { accepted, failed });
  }
  checkWhole(plan, project);
  return accepted;
}

function candidateOf(plan: GenerationPlan, path: string, coder: Coder): Candidate {
  const artifact = plan.graph.nodes[path]?.data;
  if (!artifact) throw new Error(`The plan has no artifact for ${path}.`);
  return { artifact, text: coder(artifact) };
}

/** Notes the path as failed, too, so that what needs it in turn is not made either. */
function missesNeeds({ plan, path, failed }: { plan: GenerationPlan; path: string; failed: Map<string, ArtifactFailure> }): boolean {
  const needs = (plan.graph.dependencies[path] ?? []).map((dependency) => dependency.target).filter((target) => failed.has(target));
  if (needs.length > 0) failed.set(path, { kind: 'missing', path, needs });
  return needs.length > 0;
}

/** Some faults show only in the whole: an import cycle that fails at run time, for one. */
function checkWhole(plan: GenerationPlan, project: Project): void {
  const byPath = groupByPath(project.check().filter((diagnostic) => diagnostic.certainty === 'certain'));
  for (const { phase, paths } of plan.phases) {
    const failures = paths
      .filter((path) => byPath.has(path))
      .map((path) => ({ kind: 'rejected' as const, path, diagnostics: byPath.get(path) ?? [] }));
    if (failures.length > 0) throw new CriticalPhaseError(phase, failures);
  }
}
