import type { Diagnostic } from '@org/validator';

/** What a fault is about, wherever in the file it stands: the same fault has the same signature in every attempt. */
export function diagnosticSignature({ rule, message }: Pick<Diagnostic, 'rule' | 'message'>): string {
  return `${rule}: ${message.replace(/\bline \d+\b/g, 'line').replace(/:\d+(?::\d+)?\b/g, '')}`;
}
