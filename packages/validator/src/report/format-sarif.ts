import { gzipSync } from 'node:zlib';
import type { Diagnostic, FlowPlace, Range } from '../diagnostics/diagnostic';
import { fingerprintsOf } from './fingerprints-of';
import type { FormatOptions, RuleDescription } from './format-options';
import { levelOf } from './level-of';
import { lineReader, type LineReader } from './line-reader';
import { sortWorstFirst } from './sort-worst-first';
import { wellFormed } from './well-formed';

/** GitHub refuses a run with more. */
const MOST_RESULTS = 25_000;
/** GitHub shows no more of one flow. */
const MOST_FLOW_PLACES = 1000;
/** Compressed with gzip; GitHub refuses a file with more. */
const MOST_BYTES = 10_000_000;

/** SARIF 2.1.0 with all that GitHub's code scanning asks for; it refuses empty strings. */
export function formatSarif(diagnostics: readonly Diagnostic[], options: FormatOptions): string {
  let kept = diagnostics.length > MOST_RESULTS ? sortWorstFirst(diagnostics).slice(0, MOST_RESULTS) : diagnostics;
  for (;;) {
    const text = writeDocument(kept, diagnostics.length, options);
    if (text.length <= MOST_BYTES || gzipSync(text).length <= MOST_BYTES) return text;
    kept = sortWorstFirst(kept).slice(0, kept.length >> 1);
  }
}

function writeDocument(kept: readonly Diagnostic[], total: number, options: FormatOptions): string {
  const rules = describeRules(kept, options.rules ?? []);
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'fastapi-validate', rules: rules.map(toReportingDescriptor) } },
        ...(options.category === undefined ? {} : { automationDetails: { id: `${options.category}/` } }),
        columnKind: 'utf16CodeUnits',
        ...(kept.length < total ? { invocations: [noteCut(kept.length, total)] } : {}),
        results: toResults(kept, rules, lineReader(options.texts)),
      },
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function describeRules(diagnostics: readonly Diagnostic[], known: readonly RuleDescription[]): readonly RuleDescription[] {
  const descriptions = new Map(known.map((rule) => [rule.id, rule]));
  for (const { rule: id, severity } of diagnostics) {
    if (descriptions.has(id)) continue;
    descriptions.set(id, { id, severity, summary: id, why: `It is reported as ${id}.`, whatToDo: 'See the message.' });
  }
  return [...descriptions.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

function toReportingDescriptor({ id, severity, summary, why, whatToDo, security }: RuleDescription): Readonly<Record<string, unknown>> {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: `${summary} ${why}` },
    help: { text: `${why} ${whatToDo}`, markdown: `**Why:** ${why}\n\n**What to do:** ${whatToDo}` },
    defaultConfiguration: { level: severity },
    properties: { tags: ['python', ...securityTags(security)], 'problem.severity': severity, ...securitySeverity(security) },
  };
}

function toResults(
  diagnostics: readonly Diagnostic[],
  rules: readonly RuleDescription[],
  lineAt: LineReader,
): readonly Readonly<Record<string, unknown>>[] {
  const fingerprints = fingerprintsOf(diagnostics, lineAt);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  return diagnostics.map((diagnostic, index) => ({
    ruleId: diagnostic.rule,
    ruleIndex: indexes.get(diagnostic.rule),
    level: levelOf(diagnostic),
    message: { text: diagnostic.message === '' ? diagnostic.rule : diagnostic.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: relativeUri(diagnostic.path) },
          region: oneLineRegion(diagnostic.range, lineAt(diagnostic.path, diagnostic.range.start.line)),
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprints[index] },
    ...(diagnostic.flow === undefined ? {} : { codeFlows: [toCodeFlow(diagnostic.flow)] }),
    properties: { certainty: diagnostic.certainty },
  }));
}

function securityTags(security: RuleDescription['security']): readonly string[] {
  return security === undefined ? [] : ['security', `external/cwe/cwe-${String(security.cwe).padStart(3, '0')}`];
}

function securitySeverity(security: RuleDescription['security']): Readonly<Record<string, string>> {
  return security === undefined ? {} : { 'security-severity': security.severity.toFixed(1) };
}

function toCodeFlow(flow: readonly FlowPlace[]): Readonly<Record<string, unknown>> {
  const locations = flow.slice(0, MOST_FLOW_PLACES).map(({ path, message, line, column, endLine, endColumn }) => ({
    location: {
      physicalLocation: {
        artifactLocation: { uri: relativeUri(path) },
        region: { startLine: line, startColumn: column, endLine, endColumn },
      },
      message: { text: message },
    },
  }));
  return { threadFlows: [{ locations }] };
}

function relativeUri(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(wellFormed(segment)))
    .join('/');
}

/** A pull request shows a finding only when all its lines are part of the change: a longer region ends with its first line. */
function oneLineRegion({ start, end }: Range, line: string | undefined): Readonly<Record<string, number>> {
  const lineEnd = (line?.length ?? start.column) + 1;
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: start.line,
    endColumn: Math.max(start.column, end.line === start.line ? end.column : lineEnd),
  };
}

function noteCut(count: number, total: number): Readonly<Record<string, unknown>> {
  const text = `Only the worst ${count} of ${total} findings are listed: GitHub takes no more in one run. Check the parts of the project one by one.`;
  return { executionSuccessful: true, toolExecutionNotifications: [{ level: 'warning', message: { text } }] };
}
