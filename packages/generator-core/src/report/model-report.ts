import type { Phase } from '../plan/artifact';
import type { ConfinementLevel } from '../sandbox/confined-command';

/** What a run with a model took: the final record. It has times and costs, so it is never part of what is generated. */
export interface ModelReport {
  readonly version: 1;
  readonly service: string;
  readonly provider: string;
  readonly model: string;
  readonly share: 'operations' | 'all';
  /** Files that the model was asked for, by path, and files of its share that are the user's own; sorted. */
  readonly artifacts: readonly ArtifactReport[];
  /** Paths of flagged artifacts, with what a person should look at; sorted. */
  readonly flags: readonly { readonly path: string; readonly why: string }[];
  readonly phases: readonly PhaseFailures[];
  /** How often each rule stood against an attempt, most often first. */
  readonly rules: readonly { readonly rule: string; readonly count: number }[];
  readonly trial: TrialReport;
  readonly spent: SpentReport;
  readonly milliseconds: number;
}

export const artifactStatuses = ['generated', 'repaired', 'regenerated', 'fallback', 'flagged', 'standing', 'unchanged', 'kept'] as const;
/**
 * `generated`: right at once. `repaired`: after one repair or more. `regenerated`: after a fresh try. `fallback`: the template's file stands there.
 * `flagged`: there is no template for it; it answers 501. `standing`: what a model
 * wrote for it in an earlier run stands, though it was asked for again. `unchanged`: a model wrote it in an earlier run, from the same. `kept`: the user's own, the model was not asked.
 */
export type ArtifactStatus = (typeof artifactStatuses)[number];

export interface ArtifactReport {
  readonly path: string;
  readonly phase: Phase;
  readonly role: string;
  readonly status: ArtifactStatus;
  /** Repairs in the round that was accepted; 0 for other statuses. */
  readonly repairs: number;
  readonly attempts: readonly AttemptReport[];
  readonly tokens: number;
  /** US dollars; undefined when the price is not known. */
  readonly cost: number | undefined;
  readonly milliseconds: number;
}

export interface AttemptReport {
  readonly step: 'first' | 'repair' | 'fresh';
  readonly outcome: 'accepted' | 'rejected' | 'unusable' | 'failed';
  /** Why it was not accepted. */
  readonly reasons: readonly { readonly rule: string; readonly line: number | undefined; readonly message: string }[];
  /** From the journal of an earlier run: nothing was paid. */
  readonly isRemembered: boolean;
}

export interface PhaseFailures {
  readonly phase: Phase;
  /** Files the model was asked for. */
  readonly asked: number;
  /** Those whose first answer was not accepted. */
  readonly notAtOnce: number;
  /** Those that ended with a flag. */
  readonly flagged: number;
  /** The same over earlier runs in this workspace; undefined when there was none. */
  readonly earlier: { readonly runs: number; readonly asked: number; readonly notAtOnce: number; readonly flagged: number } | undefined;
}

export type TrialReport =
  | {
      readonly kind: 'ran';
      readonly level: ConfinementLevel;
      readonly weakness: string | undefined;
      readonly rounds: number;
      readonly passed: number;
      /** What fails though no file of the model is to blame. */
      readonly unexplained: readonly string[];
    }
  | { readonly kind: 'not-run'; readonly why: string };

export interface SpentReport {
  /** Calls that were paid for in this run. */
  readonly calls: number;
  readonly tokens: number;
  readonly cost: number | undefined;
  /** Answers that the journal had. */
  readonly remembered: number;
}
