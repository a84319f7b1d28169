import type { Diagnostic } from '../diagnostics/diagnostic';
import { checkFiles } from '../project/check-files';
import { readSettings } from '../project/read-settings';
import type { Settings } from '../project/settings';
import type { CheckArguments } from './command-arguments';
import type { CommandProject } from './command-project';

/** The findings of one project that its settings and the command's options want to hear of, by paths below its root. */
export function checkProject(project: CommandProject, options: CheckArguments): readonly Diagnostic[] {
  const { files, unreadable, owns, readSummary } = project;
  const settings = settingsOf(project, options);
  const outcome = checkFiles({ files, unreadable, owns, settings, ...(readSummary === undefined ? {} : { readSummary }) });
  if (outcome.kind === 'invalid') throw new Error(outcome.fault);
  return outcome.diagnostics;
}

function settingsOf({ files, place }: CommandProject, { select, ignore, lint }: CheckArguments): Settings {
  const outcome = readSettings(files.get('pyproject.toml'));
  if (outcome.kind === 'invalid') throw new Error(`${place === '' ? '' : `${place}/`}pyproject.toml: ${outcome.faults.join(' ')}`);
  const { settings } = outcome;
  return { ...settings, select: select ?? settings.select, ignore: [...settings.ignore, ...ignore], lint: lint ?? settings.lint };
}
