import type { Diagnostic } from '../diagnostics/diagnostic';
import { fingerprintsOf } from './fingerprints-of';
import type { FormatOptions } from './format-options';
import { levelOf } from './level-of';
import { lineReader } from './line-reader';

/** A Code Quality report of GitLab. It keeps one finding for each fingerprint, so these are all different. */
export function formatGitlab(diagnostics: readonly Diagnostic[], { texts }: FormatOptions): string {
  const fingerprints = fingerprintsOf(diagnostics, lineReader(texts));
  const issues = diagnostics.map((diagnostic, index) => ({
    description: diagnostic.message,
    check_name: diagnostic.rule,
    fingerprint: fingerprints[index],
    severity: levelOf(diagnostic) === 'error' ? 'major' : 'minor',
    location: { path: diagnostic.path, lines: { begin: diagnostic.range.start.line, end: diagnostic.range.end.line } },
  }));
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
