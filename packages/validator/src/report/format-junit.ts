import type { Diagnostic } from '../diagnostics/diagnostic';
import type { FormatOptions } from './format-options';
import { wellFormed } from './well-formed';

/** A suite for each file. Certain findings fail, possible ones are skipped tests, and a clean file is one test that passes. */
export function formatJunit(diagnostics: readonly Diagnostic[], options: FormatOptions): string {
  const suites = [...groupByPath(diagnostics, checkedPaths(options))].map(([path, found]) => suite(path, found));
  const opening = `<testsuites name="fastapi-validate" ${counts(diagnostics, suites.length - new Set(diagnostics.map(({ path }) => path)).size)}>`;
  return `${['<?xml version="1.0" encoding="UTF-8"?>', opening, ...suites, '</testsuites>'].join('\n')}\n`;
}

function checkedPaths({ checkedPaths: stated, texts }: FormatOptions): readonly string[] {
  return stated ?? [...(texts?.keys() ?? [])].filter((path) => path.endsWith('.py'));
}

function groupByPath(diagnostics: readonly Diagnostic[], checked: readonly string[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const paths = [...new Set([...checked, ...diagnostics.map(({ path }) => path)])].sort();
  const groups = new Map<string, Diagnostic[]>(paths.map((path) => [path, []]));
  for (const diagnostic of diagnostics) groups.get(diagnostic.path)!.push(diagnostic);
  return groups;
}

function counts(diagnostics: readonly Diagnostic[], clean: number): string {
  const failures = diagnostics.filter(({ certainty }) => certainty === 'certain').length;
  return `tests="${diagnostics.length + clean}" failures="${failures}" errors="0" skipped="${diagnostics.length - failures}"`;
}

function suite(path: string, found: readonly Diagnostic[]): string {
  const name = escape(path);
  const cases = found.length === 0 ? [`    <testcase name="${name}" classname="${name}"/>`] : found.map(testCase);
  return [`  <testsuite name="${name}" ${counts(found, found.length === 0 ? 1 : 0)}>`, ...cases, '  </testsuite>'].join('\n');
}

function testCase({ rule, path, range, certainty, message }: Diagnostic): string {
  const { line, column } = range.start;
  const opening = `    <testcase name="${escape(`${rule}:${line}:${column}`)}" classname="${escape(path)}">`;
  const outcome =
    certainty === 'possible'
      ? `      <skipped message="${escape(message)}"/>`
      : `      <failure message="${escape(message)}" type="${escape(rule)}">${escape(`${path}:${line}:${column}`)}</failure>`;
  return [opening, outcome, '    </testcase>'].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** For attributes and text alike. XML 1.0 has no way to write most control characters: they become U+FFFD. */
function escape(text: string): string {
  return wellFormed(text)
    .replace(/[&<>"]/g, (unit) => ENTITIES[unit]!)
    .replace(/[\t\n\r]/g, (unit) => `&#${unit.charCodeAt(0)};`)
    .replace(/[\u0000-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
}
