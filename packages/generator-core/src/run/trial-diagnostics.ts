import type { Diagnostic } from '@org/validator';
import { diagnosticAt } from '../gate/diagnostic-at';
import type { TrialCheck, TrialFailure } from '../trial/trial';

const RULES: Readonly<Record<TrialCheck, string>> = {
  imports: 'import-failed',
  lint: 'lint-error',
  types: 'type-error',
  migrations: 'migration-failed',
  tests: 'test-failed',
};

/** More than these would fill a prompt and say the same. */
const MOST_SHOWN = 5;
const MOST_CHARACTERS = 1_500;

/**
 * What running the project showed to be wrong with one file, as the policy takes it. The rest is named, so that fewer failures are fewer diagnostics.
 * What Python said may differ from run to run, so that answers are remembered by what failed.
 */
export function trialDiagnostics(path: string, failures: readonly TrialFailure[]): readonly Diagnostic[] {
  return failures.map((failure, index) => {
    const line = failure.frames.findLast((frame) => frame.path === path)?.line ?? 1;
    const text = index < MOST_SHOWN ? `${failure.name}:\n${lastLines(failure.text)}` : `${failure.name} fails, too.`;
    return { ...diagnosticAt(path, line, RULES[failure.check], text), data: { remembered: failure.name } };
  });
}

/** Whole lines from the end, where the reason stands. */
function lastLines(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const end = text.slice(-MOST_CHARACTERS);
  return end.slice(end.indexOf('\n') + 1);
}
