import { formatDiagnostics, ruleMetas, type Diagnostic, type DiagnosticFormat } from '@org/validator';
import { placeInWorkspace } from './place-in-workspace';
import type { ProjectToValidate } from './project-to-validate';

export type Findings =
  | { readonly kind: 'judged'; readonly diagnostics: readonly Diagnostic[] }
  /** The project's settings cannot be followed; a sentence. */
  | { readonly kind: 'refused'; readonly fault: string };

export interface Report {
  /** No certain diagnostic; possible ones are shown and fail nothing. */
  readonly isValid: boolean;
  /** What is shown. */
  readonly text: string;
  readonly sarif: string;
}

interface ReportInput {
  readonly project: Pick<ProjectToValidate, 'name' | 'root' | 'format'>;
  /** The project's own, by path relative to its root. */
  readonly files: ReadonlyMap<string, string>;
  readonly findings: Findings;
}

/** What a run says of a project, with all paths from the workspace's root: the same bytes for the same files, wherever the workspace lies. */
export function reportFindings({ project, files, findings }: ReportInput): Report {
  const found = diagnosticsOf(findings).map((diagnostic) => atPlace(diagnostic, project.root));
  const texts = new Map([...files].map(([path, text]) => [placeInWorkspace(project.root, path), text]));
  const checkedPaths = [...texts.keys()].filter((path) => path.endsWith('.py'));
  const write = (format: DiagnosticFormat) =>
    formatDiagnostics(found, format, { texts, checkedPaths, rules: ruleMetas, category: project.name });
  return {
    isValid: !found.some(({ certainty }) => certainty === 'certain'),
    text: textOf(),
    sarif: write('sarif'),
  };

  function textOf(): string {
    const list = write(project.format).trimEnd();
    if (project.format !== 'concise' && project.format !== 'full') return list;
    if (findings.kind === 'refused') return `${placeInWorkspace(project.root, 'pyproject.toml')}: ${findings.fault}`;
    return `${list === '' ? '' : `${list}\n`}${summarise(project.name, checkedPaths.length, found)}`;
  }
}

function diagnosticsOf(findings: Findings): readonly Diagnostic[] {
  return findings.kind === 'judged' ? findings.diagnostics : [refusal(findings.fault)];
}

function refusal(message: string): Diagnostic {
  const start = { line: 1, column: 1, offset: 0 };
  return {
    rule: 'invalid-settings',
    severity: 'error',
    certainty: 'certain',
    path: 'pyproject.toml',
    range: { start, end: start },
    message,
  };
}

function atPlace(diagnostic: Diagnostic, root: string): Diagnostic {
  const { path, flow } = diagnostic;
  return {
    ...diagnostic,
    path: placeInWorkspace(root, path),
    ...(flow === undefined ? {} : { flow: flow.map((step) => ({ ...step, path: placeInWorkspace(root, step.path) })) }),
  };
}

function summarise(projectName: string, modules: number, found: readonly Diagnostic[]): string {
  const certain = found.filter(({ certainty }) => certainty === 'certain').length;
  const possible = found.length - certain;
  const faults = certain === 0 ? 'no faults' : countOf(certain, 'fault');
  return `${projectName}: ${countOf(modules, 'Python file')} checked, ${faults}${possible === 0 ? '' : `, ${countOf(possible, 'possible fault')} (not counted as failure)`}`;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
