import type { Attempt, AttemptOutcome } from './attempt';
import { diagnosticSignature } from './diagnostic-signature';

type Rejected = Extract<AttemptOutcome, { kind: 'rejected' }>;

/**
 * The attempt to mend further. A repair takes the place of what it was to mend only if fewer checks fail than before
 * and none that passed fails now; otherwise the earlier text stays the one to mend.
 */
export function bestRejected(attempts: readonly Attempt[]): Rejected | undefined {
  let best: Rejected | undefined;
  for (const { outcome } of attempts) {
    if (outcome.kind === 'rejected' && (best === undefined || isBetter(outcome, best))) best = outcome;
  }
  return best;
}

function isBetter(repaired: Rejected, before: Rejected): boolean {
  const known = new Set(before.diagnostics.map(diagnosticSignature));
  const now = new Set(repaired.diagnostics.map(diagnosticSignature));
  return now.size < known.size && [...now].every((signature) => known.has(signature));
}
