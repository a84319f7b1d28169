import { formatDiagnostics, ruleMetas, withPaths, type CheckOutcome, type Diagnostic, type DiagnosticFormat } from '@org/validator';
import { outputFiles } from './output-files';
import { placeInWorkspace } from './place-in-workspace';
import type { LibrarySurface, ProjectToValidate } from './project-to-validate';

export interface Report {
  /** No certain diagnostic; possible ones are shown and fail nothing. */
  readonly isValid: boolean;
  /** What is shown. */
  readonly text: string;
  readonly sarif: string;
}

type Checked = Extract<CheckOutcome, { kind: 'checked' }>;

interface ReportInput {
  readonly project: Pick<ProjectToValidate, 'name' | 'root' | 'format'>;
  /** The project's own, by path relative to its root. */
  readonly files: ReadonlyMap<string, string>;
  readonly outcome: Pick<Checked, 'kind' | 'diagnostics'> | Exclude<CheckOutcome, Checked>;
  /** Libraries of which nothing is known because their surface cannot be read. */
  readonly unreadable: readonly LibrarySurface[];
}

/** What a run says of a project, with all paths from the workspace's root: the same bytes for the same files, wherever the workspace lies. */
export function reportFindings({ project, files, outcome, unreadable }: ReportInput): Report {
  const found = (outcome.kind === 'checked' ? outcome.diagnostics : [refusal(outcome.fault)]).map((diagnostic) =>
    withPaths(diagnostic, (path) => placeInWorkspace(project.root, path)),
  );
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
    if (outcome.kind === 'invalid') return `${placeInWorkspace(project.root, 'pyproject.toml')}: ${outcome.fault}`;
    return [...(list === '' ? [] : [list]), ...unreadable.map(remarkOn), summarise(project.name, checkedPaths.length, found)].join('\n');
  }
}

function remarkOn({ name, root }: LibrarySurface): string {
  const file = placeInWorkspace(root, outputFiles.surface);
  return `${file} cannot be read, so that nothing taken from "${name}" is checked. Delete it and check that project: it is written anew.`;
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

function summarise(projectName: string, modules: number, found: readonly Diagnostic[]): string {
  const certain = found.filter(({ certainty }) => certainty === 'certain').length;
  const possible = found.length - certain;
  const faults = certain === 0 ? 'no faults' : countOf(certain, 'fault');
  return `${projectName}: ${countOf(modules, 'Python file')} checked, ${faults}${possible === 0 ? '' : `, ${countOf(possible, 'possible fault')} (not counted as failure)`}`;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
