import type { Lesson } from '../knowledge/lesson';
import type { FileConflict, FileOutcome } from '../promote/file-outcome';
import type { Manifest } from '../promote/manifest';
import type { GenerationPlan } from '../plan/generation-plan';
import type { Explanation } from '../report/explanation';
import type { GenerationReport } from '../report/generation-report';
import type { ModelReport } from '../report/model-report';
import type { SpecFault } from '../spec/spec-fault';
import type { MakingWork } from './make-artifacts';
import type { RefusedMigration } from './prepare-service';

/** How a run ended. Only `generated` asks for writes; in the other cases nothing may be written. */
export type GenerationResult =
  | {
      readonly kind: 'generated';
      /** Text by path of what differs from the disk, with what is kept for the next run; sorted by path. Empty when all is as it should be. */
      readonly writes: ReadonlyMap<string, string>;
      /** Files of the last run that nobody wants any more, and what was kept for them; sorted. */
      readonly deletes: readonly string[];
      readonly plan: GenerationPlan;
      /** What becomes of each file of the plan, and of the last run's; by path, sorted. */
      readonly outcomes: ReadonlyMap<string, FileOutcome>;
      /** Those of them that the user has to settle; all else is written. */
      readonly conflicts: readonly FileConflict[];
      readonly manifest: Manifest;
      /** Why each artifact was made or not; sorted by path. The spec's own file is none. */
      readonly explanations: readonly Explanation[];
      /** What the templates' part took. */
      readonly work: MakingWork;
      readonly report: GenerationReport;
      /** What the model's share took; undefined when no model was asked. */
      readonly modelReport?: ModelReport;
      /** What the repairs of the model's files teach. */
      readonly learned?: readonly Lesson[];
    }
  /** The spec cannot be read; `faults` has all of them. */
  | { readonly kind: 'faulty-spec'; readonly faults: readonly SpecFault[] }
  /** Files that stood there before the first run, or the spec, when it was edited and another one handed in; sorted. */
  | { readonly kind: 'refused'; readonly edited: readonly string[]; readonly foreign: readonly string[] }
  /** The tables cannot be migrated without a word of the user. */
  | { readonly kind: 'refused-migration'; readonly migration: RefusedMigration }
  /** The caller ended the run; what was paid for is in the journal. */
  | { readonly kind: 'cancelled' };
