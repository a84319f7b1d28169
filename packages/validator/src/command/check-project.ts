import type { Diagnostic } from '../diagnostics/diagnostic';
import { openProject } from '../project/open-project';
import { readSettings } from '../project/read-settings';
import { selectDiagnostics } from '../project/select-diagnostics';
import type { Settings } from '../project/settings';
import type { CheckArguments } from './command-arguments';
import type { CommandProject } from './command-project';

/** The findings of one project that its settings and the command's options want to hear of, by paths below its root. */
export function checkProject(project: CommandProject, options: CheckArguments): readonly Diagnostic[] {
  const { files, unreadable, owns } = project;
  const found = [...unreadable, ...openProject({ files }).check()].filter(({ path }) => owns(path));
  return selectDiagnostics(found, { settings: settingsOf(project, options), files });
}

function settingsOf({ files, place }: CommandProject, { select, ignore }: CheckArguments): Settings {
  const outcome = readSettings(files.get('pyproject.toml'));
  if (outcome.kind === 'invalid') throw new Error(`${place === '' ? '' : `${place}/`}pyproject.toml: ${outcome.faults.join(' ')}`);
  const { settings } = outcome;
  return { ...settings, select: select ?? settings.select, ignore: [...settings.ignore, ...ignore] };
}
