import type { Diagnostic as RuffDiagnostic } from '@astral-sh/ruff-wasm-nodejs';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { ruffWorkspace } from '../parse/ruff-workspace';
import { DEFAULT_PYTHON_VERSION, parsePythonVersion } from '../python/python-version';
import { readRequirements } from '../resolve/read-requirements';
import { isRuffCode } from '../rules/is-ruff-code';
import { nestsTooDeeply } from '../scan/nests-too-deeply';
import { LineIndex } from '../text/line-index';

export type LintOutcome =
  | { readonly kind: 'linted'; readonly diagnostics: readonly Diagnostic[] }
  /** A sentence. */
  | { readonly kind: 'invalid'; readonly fault: string };

/** Said by rules of ours, which also know the other files. */
const OURS = new Set(['E722', 'F701', 'F702', 'F704', 'F706', 'F707', 'F821', 'F822']);

/**
 * Ruff's single-file rules over the Python files of a project, in-process; `select` has codes and prefixes, such as `B006` and `ASYNC`. Costs about 0.4 s and 100 MB before the first file,
 * so it runs only for who names codes. `# noqa: CODE` is heeded by ruff itself.
 */
export function lintFiles(files: ReadonlyMap<string, string>, select: readonly string[]): LintOutcome {
  if (select.length === 0) return { kind: 'linted', diagnostics: [] };
  const version = parsePythonVersion(readRequirements(files).requiresPython ?? '') ?? DEFAULT_PYTHON_VERSION;
  try {
    const ruff = ruffWorkspace({ version, select });
    const texts = [...files].filter(([path, text]) => path.endsWith('.py') && !nestsTooDeeply(text));
    return {
      kind: 'linted',
      diagnostics: texts.flatMap(([path, text]) => toDiagnostics(path, text, ruff.check(text) as RuffDiagnostic[])),
    };
  } catch (error) {
    return { kind: 'invalid', fault: `ruff does not take the lint rules ${select.join(', ')}: ${String(error)}` };
  }
}

function toDiagnostics(path: string, text: string, found: readonly RuffDiagnostic[]): readonly Diagnostic[] {
  const lines = new LineIndex(text);
  return found
    .filter(({ code }) => code !== null && isRuffCode(code) && !OURS.has(code))
    .map((each) => ({
      rule: each.code!,
      severity: 'warning',
      certainty: 'certain',
      path,
      range: rangeOf(lines, each.start_location, each.end_location),
      message: each.message,
      ...(each.fix === null ? {} : { fix: toFix(lines, each.fix) }),
    }));
}

type RuffFix = NonNullable<RuffDiagnostic['fix']>;

/** Ruff's WebAssembly does not say which fixes are safe. */
function toFix(lines: LineIndex, { message, edits }: RuffFix): Diagnostic['fix'] {
  return {
    title: message ?? 'Apply what ruff offers',
    applicability: 'unsafe',
    edits: edits.map(({ content, location, end_location }) => ({ range: rangeOf(lines, location, end_location), text: content ?? '' })),
  };
}

function rangeOf(lines: LineIndex, start: RuffDiagnostic['start_location'], end: RuffDiagnostic['start_location']): Diagnostic['range'] {
  return lines.range(lines.offset(start.row, start.column), lines.offset(end.row, end.column));
}
