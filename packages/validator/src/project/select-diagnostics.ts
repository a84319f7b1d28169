import type { Diagnostic } from '../diagnostics/diagnostic';
import { isRuffCode } from '../rules/is-ruff-code';
import { findSuppressions, type Suppression } from './find-suppressions';
import { matchesPath } from './matches-path';
import type { Settings } from './settings';

interface Selection {
  readonly settings: Settings;
  /** Path → text, for `# noqa`. */
  readonly files: ReadonlyMap<string, string>;
}

/** Leaves out what the project does not want to hear of, by settings and by `# noqa`. Paths are relative to the project root. */
export function selectDiagnostics(diagnostics: readonly Diagnostic[], { settings, files }: Selection): readonly Diagnostic[] {
  const suppressions = new Map<string, readonly Suppression[]>();
  const suppressionsIn = (path: string): readonly Suppression[] => {
    const found = suppressions.get(path) ?? findSuppressions(path.endsWith('.py') ? (files.get(path) ?? '') : '');
    suppressions.set(path, found);
    return found;
  };
  return diagnostics.filter((diagnostic) => isWanted(diagnostic, settings) && !isSuppressed(diagnostic, suppressionsIn(diagnostic.path)));
}

function isWanted({ rule, path }: Diagnostic, { select, ignore, perPathIgnores, exclude }: Settings): boolean {
  if (ignore.includes(rule) || (select?.includes(rule) === false && !isRuffCode(rule))) return false;
  if (exclude.some((pattern) => matchesPath(path, pattern))) return false;
  return !perPathIgnores.some(({ pattern, rules }) => rules.includes(rule) && matchesPath(path, pattern));
}

/** In a text that Python cannot read, no comment is sure to be one: a syntax error cannot be waved through from inside. */
function isSuppressed({ rule, range }: Diagnostic, suppressions: readonly Suppression[]): boolean {
  if (rule === 'syntax-error') return false;
  const { line } = range.start;
  return suppressions.some(
    ({ firstLine, lastLine, rules }) => firstLine <= line && line <= lastLine && (rules === undefined || rules.includes(rule)),
  );
}
