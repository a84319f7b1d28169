import { createHash } from 'node:crypto';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { LineReader } from './line-reader';

/**
 * One fingerprint for each diagnostic, by which a service knows a finding again after lines above it came or went.
 * Made from rule, path and the line's text (the message when the text is not known: it may name line numbers), and counted where those are equal.
 */
export function fingerprintsOf(diagnostics: readonly Diagnostic[], lineAt: LineReader): readonly string[] {
  const seen = new Map<string, number>();
  return diagnostics.map(({ rule, path, range, message }) => {
    const line = lineAt(path, range.start.line)?.trim() ?? message;
    const hash = createHash('sha256')
      .update(JSON.stringify([rule, path, line]))
      .digest('hex')
      .slice(0, 32);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  });
}
