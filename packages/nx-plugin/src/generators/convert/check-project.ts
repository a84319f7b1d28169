import { checkFiles, formatDiagnostics, readSettings, ruleMetas, withPaths, type Diagnostic } from '@org/validator';
import { UserError } from '../../errors/user-error';
import type { TomlEdit } from '../../pyproject/edit-toml';

interface ProjectToCheck {
  /** Relative to the workspace root. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  readonly unreadable: readonly Diagnostic[];
}

/** What `validate` says of the project as it is. Throws `UserError` when its settings cannot be read. */
export function checkProject({ folder, files, unreadable }: ProjectToCheck): readonly Diagnostic[] {
  const outcome = readSettings(files.get('pyproject.toml'));
  if (outcome.kind === 'invalid') throw new UserError(`${folder}/pyproject.toml: ${outcome.faults.join(' ')}`);
  const checking = checkFiles({ files, unreadable, settings: outcome.settings });
  if (checking.kind === 'invalid') throw new UserError(`${folder}/pyproject.toml: ${checking.fault}`);
  return checking.diagnostics;
}

/** One line each, with the path from the workspace root. */
export function listFaults(folder: string, found: readonly Diagnostic[]): string {
  return formatDiagnostics(
    found.map((diagnostic) => withPaths(diagnostic, (path) => `${folder}/${path}`)),
    'concise',
    { texts: new Map(), checkedPaths: [], rules: ruleMetas, category: folder },
  ).trimEnd();
}

/** Leaves out, file by file, the rules that find something certain there today. What is left out already stays. */
export function baselineEdits(found: readonly Diagnostic[], present: (pattern: string) => readonly string[]): readonly TomlEdit[] {
  const rules = new Map<string, Set<string>>();
  for (const { path, rule, certainty } of found)
    if (certainty === 'certain') rules.set(path, (rules.get(path) ?? new Set<string>()).add(rule));
  return [...rules]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, ids]) => {
      // With a slash it is this file, without one any of the name.
      const pattern = path.includes('/') ? path : `/${path}`;
      const value = [...new Set([...present(pattern), ...[...ids].sort()])];
      return { kind: 'put', path: ['tool', 'fastapi-validate', 'per-path-ignores', pattern], value };
    });
}
