import { compareDiagnostics } from '../diagnostics/compare-diagnostics';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { ProjectSurface } from '../resolve/project-surface';
import { askedRules } from './asked-rules';
import { lintFiles } from './lint-files';
import { openProject } from './open-project';
import type { ProjectOptions } from './project-options';
import { selectDiagnostics } from './select-diagnostics';
import type { Settings } from './settings';

export interface FilesToCheck extends Pick<ProjectOptions, 'files' | 'libraries' | 'readSummary' | 'readOutline'> {
  /** What was found while the files were read. */
  readonly unreadable: readonly Diagnostic[];
  readonly settings: Settings;
  /** Files of others that are read along report nothing; all are one's own when left out. */
  readonly owns?: (path: string) => boolean;
}

export type CheckOutcome =
  | {
      readonly kind: 'checked';
      readonly diagnostics: readonly Diagnostic[];
      /** What other projects may use of the files that are one's own; read when it is asked for. */
      readonly readSurface: () => ProjectSurface;
    }
  /** The settings ask for what is not there. A sentence. */
  | { readonly kind: 'invalid'; readonly fault: string };

/** All that a project wants to hear of its files: rules, ruff's where asked for, settings and `# noqa` heeded, in stable order. */
export function checkFiles({ unreadable, settings, owns = () => true, ...given }: FilesToCheck): CheckOutcome {
  const { files } = given;
  const linted = lintFiles(files, settings.lint);
  if (linted.kind === 'invalid') return linted;
  const rules = askedRules(settings);
  const project = openProject({ ...given, isFinal: true, ...(rules === undefined ? {} : { rules }) });
  const found = [...unreadable, ...project.check(), ...linted.diagnostics].filter(({ path }) => owns(path));
  return {
    kind: 'checked',
    diagnostics: selectDiagnostics(found.sort(compareDiagnostics), { settings, files }),
    readSurface: () => project.surfaceOf({ owns }),
  };
}
