import type { GenerationPlan } from '../plan/generation-plan';
import type { DiskComparison } from '../promote/compare-with-disk';
import { conflictPaths } from '../promote/conflict-files';
import { conflictsIn } from '../promote/conflicts-in';
import type { FileOutcome } from '../promote/file-outcome';
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
  readonly comparison: Pick<Extract<DiskComparison, { kind: 'compared' }>, 'writes' | 'outcomes'>;
  /** Of all files, by path; those that the user keeps as they are among them. */
  readonly texts: ReadonlyMap<string, string>;
  readonly migration?: MigrationReport | undefined;
  readonly explanations: ReadonlyMap<string, Explanation>;
}): GenerationReport {
  const { outcomes } = comparison;
  const withOutcome = (kind: FileOutcome['kind']): readonly string[] =>
    [...outcomes].filter(([, outcome]) => outcome.kind === kind).map(([path]) => path);
  const conflicts = conflictsIn(outcomes);
  const beside = new Set(conflicts.flatMap(({ path }) => Object.values(conflictPaths(path))));
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
    written: [...comparison.writes.keys()].filter((path) => !isKeptForNextRun(path) && !beside.has(path)),
    unchanged: withOutcome('unchanged'),
    deleted: withOutcome('deleted'),
    keptEdits: withOutcome('kept-edit'),
    merged: withOutcome('merged'),
    moved: [...outcomes].flatMap(([path, outcome]) =>
      outcome.kind === 'moved' ? [{ from: outcome.from, path, isMerged: outcome.isMerged }] : [],
    ),
    owned: withOutcome('owned'),
    left: withOutcome('left'),
    conflicts,
    ...(migration && { migration }),
    keptDeletions: withOutcome('kept-deletion'),
    operations: spec.operations
      .map((operation) => ({
        name: operation.name,
        path: `app/services/${operation.name}.py`,
        examples: operation.examples.length,
      }))
      .filter(({ path }) => outcomes.get(path)?.kind !== 'kept-edit' && /^@unimplemented$/m.test(texts.get(path) ?? '')),
  };
}
