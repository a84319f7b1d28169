import type { Certainty, Diagnostic } from '../diagnostics/diagnostic';

/** The finding about a file that could not be read; `reason` is the end of a sentence, with the mend. */
export function unreadable(path: string, reason: string, certainty: Certainty = 'certain'): Diagnostic {
  const position = { line: 1, column: 1, offset: 0 };
  return {
    rule: 'unreadable-file',
    severity: 'error',
    certainty,
    path,
    range: { start: position, end: position },
    message: `${path} cannot be read: ${reason}.`,
  };
}

/** What the system says about a file it does not give, with the mend. */
export function reasonOf(error: unknown, wanted: 'readable' | 'writable' = 'readable'): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES') return `permission is denied. Make it ${wanted}`;
  return `the system says ${code ?? String(error)}. Make it ${wanted}${wanted === 'readable' ? ', or remove it' : ''}`;
}
