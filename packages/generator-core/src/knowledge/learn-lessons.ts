import type { Attempt } from '../attempt/attempt';
import { diagnosticSignature } from '../attempt/diagnostic-signature';
import type { ArtifactWritten } from '../attempt/write-artifact';
import type { Lesson } from './lesson';

interface LearningSource {
  readonly role: string;
  readonly model: string;
  readonly written: ArtifactWritten;
}

const MOST_LINES = 6;
const MOST_CHARACTERS = 300;

/**
 * What an accepted file teaches: of each repair that left a fault behind, the fault and the lines that changed.
 * A file that was given up teaches nothing, for nobody knows what would have mended it.
 */
export function learnLessons({ role, model, written }: LearningSource): readonly Lesson[] {
  if (written.kind !== 'accepted') return [];
  const texts = written.attempts.map(textOf);
  return written.attempts.flatMap((attempt, index) => {
    const [before, after] = [texts[index], texts[index + 1]];
    if (
      attempt.outcome.kind !== 'rejected' ||
      written.attempts[index + 1]?.step !== 'repair' ||
      before === undefined ||
      after === undefined
    )
      return [];
    const left = new Set(signatures(written.attempts[index + 1]!));
    const change = { before: linesOnlyIn(before, after), after: linesOnlyIn(after, before) };
    return attempt.outcome.diagnostics
      .filter((diagnostic) => !left.has(diagnosticSignature(diagnostic)))
      .map((diagnostic): Lesson => {
        const { rule, message } = diagnostic;
        const said = diagnosticSignature({ rule, message }).slice(rule.length + 2);
        return { role, rule, message: cut(said), ...change, model, seen: 1 };
      });
  });
}

function textOf({ outcome }: Attempt): string | undefined {
  return outcome.kind === 'accepted' || outcome.kind === 'rejected' ? outcome.text : undefined;
}

function signatures({ outcome }: Attempt): readonly string[] {
  return outcome.kind === 'rejected' ? outcome.diagnostics.map(diagnosticSignature) : [];
}

function linesOnlyIn(text: string, other: string): readonly string[] {
  const known = new Set(other.split('\n').map((line) => line.trim()));
  const own = text.split('\n').filter((line) => line.trim() !== '' && !known.has(line.trim()));
  return own.slice(0, MOST_LINES).map((line) => line.trim().slice(0, 120));
}

function cut(message: string): string {
  const first = message.split('\n').slice(0, 3).join(' ');
  return first.length > MOST_CHARACTERS ? `${first.slice(0, MOST_CHARACTERS)}…` : first;
}
