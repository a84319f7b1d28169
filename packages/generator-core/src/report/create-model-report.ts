import { costOf } from '../budget/cost-of';
import type { Spending } from '../budget/budget';
import type { Attempt } from '../attempt/attempt';
import type { ArtifactWritten } from '../attempt/write-artifact';
import type { ModelPrice } from '../model/language-model';
import type { Artifact } from '../plan/artifact';
import type { GenerationPlan } from '../plan/generation-plan';
import type { ServiceSpec } from '../spec/service-spec';
import type { RunHistory } from './run-history';
import type { ArtifactReport, ArtifactStatus, AttemptReport, ModelReport, PhaseFailures, TrialReport } from './model-report';

export interface ModelReportSource {
  readonly spec: ServiceSpec;
  readonly plan: GenerationPlan;
  readonly share: ModelReport['share'];
  readonly provider: string;
  readonly model: string;
  readonly price: ModelPrice | undefined;
  /** What became of each file the model was asked for. */
  readonly written: ReadonlyMap<string, ArtifactWritten>;
  /** Paths of its share that are the user's own. */
  readonly kept: ReadonlySet<string>;
  /** Paths of its share that it wrote in an earlier run, from the same. */
  readonly unchanged: ReadonlySet<string>;
  /** Paths that it did not get right, where what a model wrote before stands. */
  readonly standing: ReadonlySet<string>;
  readonly trial: TrialReport;
  readonly spent: Spending;
  readonly history: RunHistory;
  readonly milliseconds: number;
}

export function createModelReport(source: ModelReportSource): ModelReport {
  const { spec, share, provider, model, trial, spent, milliseconds } = source;
  const artifacts = reportArtifacts(source);
  return {
    version: 1,
    service: spec.service,
    provider,
    model,
    share,
    artifacts,
    flags: flagsOf(source, artifacts),
    phases: phasesOf(artifacts, source),
    rules: countRules(artifacts),
    trial,
    spent: { ...spent, remembered: artifacts.flatMap(({ attempts }) => attempts).filter(({ isRemembered }) => isRemembered).length },
    milliseconds,
  };
}

function reportArtifacts({ plan, written, kept, unchanged, standing, price }: ModelReportSource): readonly ArtifactReport[] {
  const paths = [...new Set([...written.keys(), ...kept, ...unchanged])].sort();
  return paths.map((path) =>
    reportArtifact(plan.graph.nodes[path]!.data, {
      result: written.get(path) ?? (kept.has(path) ? 'kept' : 'unchanged'),
      isStanding: standing.has(path),
      price,
    }),
  );
}

function reportArtifact(
  { path, phase, role }: Artifact,
  {
    result,
    isStanding,
    price,
  }: {
    readonly result: ArtifactWritten | 'kept' | 'unchanged';
    readonly isStanding: boolean;
    readonly price: ModelPrice | undefined;
  },
): ArtifactReport {
  const attempts = typeof result === 'string' ? [] : result.attempts;
  const costs = attempts.flatMap(({ usage }) => (usage === undefined ? [] : [costOf(usage, price)]));
  const round = attempts.slice(attempts.findLastIndex(({ step }) => step !== 'repair'));
  const isAccepted = typeof result !== 'string' && result.kind === 'accepted';
  return {
    path,
    phase,
    role,
    status: isStanding ? 'standing' : statusOf(role, result),
    repairs: isAccepted ? round.length - 1 : 0,
    attempts: attempts.map(reportAttempt),
    tokens: attempts.reduce((total, { usage }) => total + (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0), 0),
    cost: costs.includes(undefined) ? undefined : costs.reduce<number>((total, cost) => total + cost!, 0),
    milliseconds: attempts.reduce((total, attempt) => total + attempt.milliseconds, 0),
  };
}

function statusOf(role: string, result: ArtifactWritten | 'kept' | 'unchanged'): ArtifactStatus {
  if (typeof result === 'string') return result;
  if (result.kind === 'given-up') return role === 'operation-service' ? 'flagged' : 'fallback';
  const steps = result.attempts.map(({ step }) => step);
  if (steps.includes('fresh')) return 'regenerated';
  return steps.includes('repair') ? 'repaired' : 'generated';
}

function reportAttempt({ step, outcome, usage }: Attempt): AttemptReport {
  const base = { step, outcome: outcome.kind, isRemembered: usage === undefined && outcome.kind !== 'failed' };
  switch (outcome.kind) {
    case 'accepted':
      return { ...base, reasons: [] };
    case 'rejected':
      return { ...base, reasons: outcome.diagnostics.map(({ rule, message, range }) => ({ rule, line: range.start.line, message })) };
    case 'unusable':
      return { ...base, reasons: [{ rule: outcome.reason, line: undefined, message: outcome.message }] };
    case 'failed':
      return { ...base, reasons: [{ rule: outcome.failure.kind, line: undefined, message: outcome.failure.message }] };
  }
}

function flagsOf({ written, trial }: ModelReportSource, artifacts: readonly ArtifactReport[]): ModelReport['flags'] {
  const flags = artifacts.flatMap(({ path, status }) => {
    const result = written.get(path);
    if (result?.kind !== 'given-up') return [];
    return [{ path, why: `${STANDS[status] ?? STANDS.fallback} ${result.why}` }];
  });
  const unexplained = trial.kind === 'ran' ? trial.unexplained : [];
  return [...flags, ...unexplained.map((why) => ({ path: 'service.yaml', why: `Fails though no file of the model is to blame: ${why}` }))];
}

const STANDS: Readonly<Partial<Record<ArtifactStatus, string>>> & { readonly fallback: string } = {
  flagged: 'It answers 501 until it is written.',
  standing: 'What was written for it before stands there.',
  fallback: "The template's file stands there.",
};

function phasesOf(artifacts: readonly ArtifactReport[], { plan, history }: ModelReportSource): readonly PhaseFailures[] {
  return plan.phases.flatMap(({ phase }) => {
    const own = artifacts.filter((artifact) => artifact.phase === phase && artifact.attempts.length > 0);
    if (own.length === 0) return [];
    return [
      {
        phase,
        asked: own.length,
        notAtOnce: own.filter(({ status }) => status !== 'generated').length,
        flagged: own.filter(({ status }) => ['fallback', 'flagged', 'standing'].includes(status)).length,
        earlier: history.phases[phase],
      },
    ];
  });
}

function countRules(artifacts: readonly ArtifactReport[]): ModelReport['rules'] {
  const counts = new Map<string, number>();
  for (const { rule } of artifacts.flatMap(({ attempts }) => attempts.flatMap(({ reasons }) => reasons)))
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts]
    .map(([rule, count]) => ({ rule, count }))
    .sort((left, right) => right.count - left.count || (left.rule < right.rule ? -1 : 1));
}
