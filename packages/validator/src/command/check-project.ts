import type { Diagnostic } from '../diagnostics/diagnostic';
import { lintFiles } from '../project/lint-files';
import { openProject } from '../project/open-project';
import { readSettings } from '../project/read-settings';
import { selectDiagnostics } from '../project/select-diagnostics';
import type { Settings } from '../project/settings';
import type { CheckArguments } from './command-arguments';
import type { CommandProject } from './command-project';

/** The findings of one project that its settings and the command's options want to hear of, by paths below its root. */
export function checkProject(project: CommandProject, options: CheckArguments): readonly Diagnostic[] {
  const { files, unreadable, owns, readSummary } = project;
  const settings = settingsOf(project, options);
  const linted = lintFiles(files, settings.lint);
  if (linted.kind === 'invalid') throw new Error(linted.fault);
  const found = [
    ...unreadable,
    ...openProject({ files, ...(readSummary === undefined ? {} : { readSummary }) }).check(),
    ...linted.diagnostics,
  ].filter(({ path }) => owns(path));
  return selectDiagnostics(found, { settings, files });
}

function settingsOf({ files, place }: CommandProject, { select, ignore, lint }: CheckArguments): Settings {
  const outcome = readSettings(files.get('pyproject.toml'));
  if (outcome.kind === 'invalid') throw new Error(`${place === '' ? '' : `${place}/`}pyproject.toml: ${outcome.faults.join(' ')}`);
  const { settings } = outcome;
  return { ...settings, select: select ?? settings.select, ignore: [...settings.ignore, ...ignore], lint: lint ?? settings.lint };
}
