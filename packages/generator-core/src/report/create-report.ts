import type { GenerationPlan } from '../plan/generation-plan';
import type { DiskComparison } from '../promote/compare-with-disk';
import { isKeptForNextRun } from '../promote/base-path';
import type { ServiceSpec } from '../spec/service-spec';
import type { GenerationReport, MigrationReport } from './generation-report';

export function createReport({
  spec,
  plan,
  comparison,
  texts,
  migration,
}: {
  readonly spec: ServiceSpec;
  readonly plan: GenerationPlan;
  readonly comparison: Extract<DiskComparison, { kind: 'clean' }>;
  /** Of all files, by path; those that the user keeps as they are among them. */
  readonly texts: ReadonlyMap<string, string>;
  readonly migration?: MigrationReport | undefined;
}): GenerationReport {
  return {
    service: spec.service,
    phases: plan.phases.map(({ phase, paths }) => ({ phase, artifacts: paths.length })),
    batches: plan.batches.length,
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
