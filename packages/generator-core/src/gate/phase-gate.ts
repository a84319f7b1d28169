import { CriticalPhaseError, type ArtifactFailure } from '../errors/critical-phase-error';
import type { GenerationPlan } from '../plan/generation-plan';

/** What became of the artifacts so far, by path. A path in neither map is still to be made. */
export interface Progress {
  readonly accepted: ReadonlyMap<string, string>;
  readonly failed: ReadonlyMap<string, ArtifactFailure>;
}

/** Throws `CriticalPhaseError` for the first phase all of whose artifacts are decided and not all accepted. */
export function checkPhaseGates(plan: GenerationPlan, { accepted, failed }: Progress): void {
  for (const { phase, paths } of plan.phases) {
    const decided = paths.every((path) => accepted.has(path) || failed.has(path));
    const failures = paths.flatMap((path) => failed.get(path) ?? []);
    if (decided && failures.length > 0) throw new CriticalPhaseError(phase, withCauses(failures, failed));
  }
}

/** What was not made for want of a file of another phase says nothing without that file's own faults. */
function withCauses(failures: readonly ArtifactFailure[], failed: Progress['failed']): readonly ArtifactFailure[] {
  const seen = new Set(failures);
  for (const failure of seen) {
    if (failure.kind !== 'missing') continue;
    for (const path of failure.needs) seen.add(failed.get(path)!);
  }
  return [...seen];
}
