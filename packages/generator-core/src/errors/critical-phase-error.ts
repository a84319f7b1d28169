import { formatDiagnostics, type Diagnostic } from '@org/validator';
import type { Phase } from '../plan/artifact';
import { GenerationError } from './generation-error';

/** Why an artifact of a phase was not accepted. */
export type ArtifactFailure =
  | { readonly kind: 'rejected'; readonly path: string; readonly diagnostics: readonly Diagnostic[] }
  /** Not made, because something it needs was not accepted. */
  | { readonly kind: 'missing'; readonly path: string; readonly needs: readonly string[] };

/** A phase ended without all of its artifacts; nothing of the run is written. */
export class CriticalPhaseError extends GenerationError {
  override readonly name = 'CriticalPhaseError';

  constructor(
    readonly phase: Phase,
    readonly failures: readonly ArtifactFailure[],
  ) {
    super(
      [
        `The phase "${phase}" ended without ${countOf(failures)}, so the run was stopped and nothing was written:`,
        ...failures.map((failure) => `  ${describeFailure(failure)}`),
        'If you changed a template, mend it there; otherwise this is a fault of @org/generator-core: please report it with your spec.',
      ].join('\n'),
    );
  }
}

function countOf(failures: readonly ArtifactFailure[]): string {
  return failures.length === 1 ? 'a file that the service needs' : `${failures.length} files that the service needs`;
}

function describeFailure(failure: ArtifactFailure): string {
  if (failure.kind === 'missing') return `${failure.path}: not made, because it needs ${failure.needs.join(', ')}`;
  return formatDiagnostics(failure.diagnostics, 'concise').trimEnd().split('\n').join('\n  ');
}
