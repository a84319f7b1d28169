import { join } from 'node:path';
import {
  checkFiles,
  formatDiagnostics,
  readFacts,
  readProjectFiles,
  readSettings,
  ruleMetas,
  type Diagnostic,
  type DiagnosticFormat,
} from '@org/validator';

export interface Validation {
  /** No certain diagnostic; possible ones are shown and fail nothing. */
  readonly isValid: boolean;
  /** What is shown: the same for the same files, wherever they lie. */
  readonly text: string;
}

interface ValidateOptions {
  readonly workspaceRoot: string;
  /** Relative to the workspace root, with `/`. */
  readonly projectRoot: string;
  readonly projectName: string;
  readonly format: DiagnosticFormat;
}

/** Reads the project from the disk, as it is now, and checks it. That a file differs from what was generated is no fault. */
export async function validateProject({ workspaceRoot, projectRoot, projectName, format }: ValidateOptions): Promise<Validation> {
  const { files, diagnostics: unreadable } = readProjectFiles(join(workspaceRoot, projectRoot));
  const fromWorkspace = (path: string) => (projectRoot === '.' ? path : `${projectRoot}/${path}`);
  const outcome = readSettings(files.get('pyproject.toml'));
  const refused = (fault: string): Validation => ({ isValid: false, text: `${fromWorkspace('pyproject.toml')}: ${fault}` });
  if (outcome.kind === 'invalid') return refused(outcome.faults.join(' '));
  // Nx keeps no failed run, and misses for reasons of its own: what each file says is kept beside its cache, and goes with `nx reset`.
  const cacheFolder = join(workspaceRoot, '.nx', 'cache', 'fastapi-validate');
  const { readSummary } = await readFacts(files, { cacheFolder, project: projectRoot });
  const checking = checkFiles({ files, unreadable, readSummary, settings: outcome.settings });
  if (checking.kind === 'invalid') return refused(checking.fault);
  const found = checking.diagnostics;
  const texts = new Map([...files].map(([path, text]) => [fromWorkspace(path), text]));
  const list = formatDiagnostics(
    found.map((diagnostic) => ({ ...diagnostic, path: fromWorkspace(diagnostic.path) })),
    format,
    { texts, checkedPaths: [...texts.keys()].filter((path) => path.endsWith('.py')), rules: ruleMetas, category: projectName },
  ).trimEnd();
  const isValid = !found.some(({ certainty }) => certainty === 'certain');
  if (format !== 'concise' && format !== 'full') return { isValid, text: list };
  return { isValid, text: [...(list === '' ? [] : [list]), summarise({ projectName, files, found })].join('\n') };
}

function summarise({
  projectName,
  files,
  found,
}: {
  readonly projectName: string;
  readonly files: ReadonlyMap<string, string>;
  readonly found: readonly Diagnostic[];
}): string {
  const modules = [...files.keys()].filter((path) => path.endsWith('.py')).length;
  const certain = found.filter(({ certainty }) => certainty === 'certain').length;
  const possible = found.length - certain;
  const faults = certain === 0 ? 'no faults' : countOf(certain, 'fault');
  return `${projectName}: ${countOf(modules, 'Python file')} checked, ${faults}${possible === 0 ? '' : `, ${countOf(possible, 'possible fault')} (not counted as failure)`}`;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
