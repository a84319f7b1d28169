import type { GenerationPlan } from '../plan/generation-plan';
import type { DiskComparison } from '../promote/compare-with-disk';
import { isKeptForNextRun } from '../promote/base-path';
import type { ServiceSpec } from '../spec/service-spec';
import type { Explanation } from './explanation';
import type { GenerationReport, MigrationReport } from './generation-report';

export function createReport({
  spec,
  plan,
  comparison,
  texts,
  migration,
  explanations,
}: {
  readonly spec: ServiceSpec;
  readonly plan: GenerationPlan;
  readonly comparison: Extract<DiskComparison, { kind: 'clean' }>;
  /** Of all files, by path; those that the user keeps as they are among them. */
  readonly texts: ReadonlyMap<string, string>;
  readonly migration?: MigrationReport | undefined;
  readonly explanations: ReadonlyMap<string, Explanation>;
}): GenerationReport {
  return {
    service: spec.service,
    phases: plan.phases.map(({ phase, paths }) => ({ phase, artifacts: paths.length })),
    batches: plan.batches.length,
    made: [...explanations.values()].filter(({ kind }) => kind === 'made').length,
    artifacts: explanations.size,
    unfit: [...explanations.values()]
      .filter(({ because }) => because === 'unfit')
      .map(({ path }) => path)
      .sort(),
    written: [...comparison.writes.keys()].filter((path) => !isKeptForNextRun(path)),
    unchanged: comparison.unchanged,
    deleted: comparison.deletes.filter((path) => !isKeptForNextRun(path)),
    keptEdits: comparison.keptEdits,
    ...(migration && { migration }),
    keptDeletions: comparison.keptDeletions,
    operations: spec.operations
      .map((operation) => ({
        name: operation.name,
        path: `app/services/${operation.name}.py`,
        examples: operation.examples.length,
      }))
      .filter(({ path }) => !comparison.keptEdits.includes(path) && /^@unimplemented$/m.test(texts.get(path) ?? '')),
  };
}
