import type { Diagnostic } from '../diagnostics/diagnostic';
import { askedRules } from '../project/asked-rules';
import { checkFiles } from '../project/check-files';
import { readSettings } from '../project/read-settings';
import type { Settings } from '../project/settings';
import { OUTLINE_RULES } from '../rules/outline-rules';
import type { CheckArguments } from './command-arguments';
import type { CommandProject } from './command-project';

/** The findings of one project that its settings and the command's options want to hear of, by paths below its root. */
export function checkProject(project: CommandProject, options: CheckArguments): readonly Diagnostic[] {
  const { files, unreadable, owns, facts = {} } = project;
  const settings = settingsOf(project, options);
  const outcome = checkFiles({ files, unreadable, owns, settings, ...facts });
  if (outcome.kind === 'invalid') throw new Error(outcome.fault);
  return outcome.diagnostics;
}

/** Whether the files' outlines tell all that is asked, so that no facts need be made of them. */
export function isOutlineEnough({ files }: CommandProject, options: CheckArguments): boolean {
  const outcome = readSettings(files.get('pyproject.toml'));
  if (outcome.kind === 'invalid') return false;
  return askedRules(withOptions(outcome.settings, options))?.every((rule) => OUTLINE_RULES.has(rule)) === true;
}

function settingsOf({ files, place }: CommandProject, options: CheckArguments): Settings {
  const outcome = readSettings(files.get('pyproject.toml'));
  if (outcome.kind === 'invalid') throw new Error(`${place === '' ? '' : `${place}/`}pyproject.toml: ${outcome.faults.join(' ')}`);
  return withOptions(outcome.settings, options);
}

function withOptions(settings: Settings, { select, ignore, lint }: CheckArguments): Settings {
  return { ...settings, select: select ?? settings.select, ignore: [...settings.ignore, ...ignore], lint: lint ?? settings.lint };
}
