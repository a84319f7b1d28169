import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Requirements } from '../resolve/requirements';

/** A manifest that is no TOML states no requirements, and pip refuses it: certain. */
export function manifestDiagnostics({ faults }: Requirements): readonly Diagnostic[] {
  return faults.map(({ path, message, line, column }) => {
    const position = { line, column, offset: 0 };
    return {
      rule: 'invalid-manifest',
      severity: 'error',
      certainty: 'certain',
      path,
      range: { start: position, end: position },
      message: `${path} cannot be read as TOML: ${message}. Correct it, so that the project's requirements are known.`,
    };
  });
}
