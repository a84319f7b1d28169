import { assertNever } from '../spec/assert-never';
import type { Attempt, AttemptOutcome } from './attempt';
import { bestRejected } from './best-rejected';
import { diagnosticSignature } from './diagnostic-signature';
import type { NextStep } from './next-step';

/** Two rounds of repair bring most of what repair brings (arXiv 2604.10508), and a fresh try helps where the first idea was wrong. */
export const MOST_REPAIRS = 2;
export const MOST_FRESH_TRIES = 1;

/** The whole policy, over all attempts at one artifact so far. Same history, same step. */
export function decideNextStep(attempts: readonly Attempt[]): NextStep {
  const last = attempts.at(-1);
  if (last === undefined) return { kind: 'ask' };
  const { outcome } = last;
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'accept', text: outcome.text };
    case 'failed':
      return { kind: 'give-up', why: outcome.failure.message };
    case 'unusable':
      return freshOrGiveUp(attempts, outcome.message, hintFor(outcome));
    case 'rejected':
      return afterRejection(attempts, outcome);
    default:
      return assertNever(outcome);
  }
}

function afterRejection(attempts: readonly Attempt[], outcome: Extract<AttemptOutcome, { kind: 'rejected' }>): NextStep {
  const stall = stallOf(attempts);
  if (stall !== undefined) return freshOrGiveUp(attempts, stall, undefined);
  const round = attempts.slice(attempts.findLastIndex(({ step }) => step !== 'repair'));
  if (round.length - 1 >= MOST_REPAIRS) return freshOrGiveUp(attempts, `${MOST_REPAIRS} repairs did not mend it`, undefined);
  const best = bestRejected(round) ?? outcome;
  return { kind: 'repair', text: best.text, diagnostics: best.diagnostics };
}

/** The same faults twice, or the same text twice, in a row: asking on would only cost. */
function stallOf(attempts: readonly Attempt[]): string | undefined {
  const [before, last] = attempts.slice(-2).map(({ outcome }) => outcome);
  if (before?.kind !== 'rejected' || last?.kind !== 'rejected') return undefined;
  if (before.text === last.text) return 'the same text came twice';
  const [first, second] = [before, last].map(({ diagnostics }) => signatureOf(diagnostics));
  return first === second ? 'the same faults came twice' : undefined;
}

function signatureOf(diagnostics: Extract<AttemptOutcome, { kind: 'rejected' }>['diagnostics']): string {
  return diagnostics.map(diagnosticSignature).sort().join('\n');
}

function freshOrGiveUp(attempts: readonly Attempt[], why: string, hint: string | undefined): NextStep {
  const fresh = attempts.filter(({ step }) => step === 'fresh').length;
  return fresh < MOST_FRESH_TRIES ? { kind: 'fresh', hint } : { kind: 'give-up', why };
}

function hintFor({ reason, message }: Extract<AttemptOutcome, { kind: 'unusable' }>): string | undefined {
  switch (reason) {
    case 'truncated':
      return `${message} Write the file shorter: no long docstrings, no comments that repeat the code.`;
    case 'refusal':
    case 'empty':
    case 'unknown-finish':
      return undefined;
    case 'no-code':
    case 'several-blocks':
    case 'wrong-file':
      return message;
    default:
      return assertNever(reason);
  }
}
