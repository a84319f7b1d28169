import type { ArtifactReport, ArtifactStatus, ModelReport, PhaseFailures } from './model-report';
import { artifactStatuses } from './model-report';

/** The report for people: what the model wrote, what had to be mended, what a person should look at, what it cost. */
export function formatModelReport(report: ModelReport): string {
  const { model, artifacts, flags, phases, rules, spent } = report;
  return [
    `${model} was asked for ${countOf(artifacts.filter(({ attempts }) => attempts.length > 0).length, 'file')}: ${describeStatuses(artifacts)}`,
    ...artifacts.filter(({ status }) => !['generated', 'unchanged', 'kept'].includes(status)).map(describeArtifact),
    `  ${describeTrial(report)}`,
    ...(phases.some(({ notAtOnce }) => notAtOnce > 0) ? [`  not right at once, by phase: ${phases.map(describePhase).join(' · ')}`] : []),
    ...(rules.length > 0
      ? [
          `  what stood against answers: ${rules
            .slice(0, 6)
            .map(({ rule, count }) => `${rule} ${count}`)
            .join(' · ')}`,
        ]
      : []),
    `  ${countOf(spent.calls, 'call')}, ${spent.tokens} tokens, ${formatCost(spent.cost)}${spent.remembered > 0 ? `; ${countOf(spent.remembered, 'answer')} from the journal` : ''}; ${formatSeconds(report.milliseconds)}`,
    ...(flags.length > 0
      ? [`  ${countOf(flags.length, 'flag')}, to be looked at:`, ...flags.map(({ path, why }) => `    ${path}: ${firstLine(why)}`)]
      : []),
  ].join('\n');
}

/** US dollars, as far as known. */
export function formatCost(cost: number | undefined): string {
  return cost === undefined ? 'cost unknown' : `$${cost.toFixed(cost < 1 ? 4 : 2)}`;
}

function describeStatuses(artifacts: readonly ArtifactReport[]): string {
  const counts = artifactStatuses.map((status) => [status, artifacts.filter((artifact) => artifact.status === status).length] as const);
  return counts
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${WORDS[status]}`)
    .join(', ');
}

const WORDS: Readonly<Record<ArtifactStatus, string>> = {
  generated: 'right at once',
  repaired: 'repaired',
  regenerated: 'written afresh',
  fallback: 'left to the template',
  flagged: 'unwritten (501)',
  standing: 'left as they were written before',
  unchanged: 'as they were',
  kept: 'kept as you edited them',
};

function describeArtifact({ path, status, repairs, attempts }: ArtifactReport): string {
  const reasons = [...new Set(attempts.flatMap((attempt) => attempt.reasons.map(({ rule }) => rule)))];
  const label = status === 'repaired' ? `repaired(${repairs})` : status;
  return `    ${label.padEnd(12)} ${path}: ${reasons.slice(0, 4).join(', ')}`;
}

function describeTrial({ trial }: ModelReport): string {
  if (trial.kind === 'not-run') return `not run: ${trial.why}`;
  const weakness = trial.weakness === undefined ? '' : ` ${trial.weakness}`;
  return `imported, linted, type-checked, migrated and tested (${trial.passed} tests passed) in ${countOf(trial.rounds, 'round')}, shut in by ${trial.level}.${weakness}`;
}

function describePhase({ phase, asked, notAtOnce, earlier }: PhaseFailures): string {
  const before = earlier === undefined ? '' : ` (earlier ${percent(earlier.notAtOnce, earlier.asked)} of ${earlier.asked})`;
  return `${phase} ${notAtOnce} of ${asked}${before}`;
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / Math.max(1, whole))} %`;
}

function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function firstLine(text: string): string {
  const line = text.split('\n')[0]!;
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

function countOf(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}
