import { join, relative, resolve, sep } from 'node:path';
import { compareDiagnostics } from '../diagnostics/compare-diagnostics';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { withPaths } from '../diagnostics/with-paths';
import { formatDiagnostics } from '../report/format-diagnostics';
import { formatStatistics } from '../report/format-statistics';
import { formatRulePage } from '../rules/format-rule-page';
import { RULE_METAS } from '../rules/rule-metas';
import { replaceText } from '../system/node-file-system';
import { checkProject } from './check-project';
import type { CheckArguments } from './command-arguments';
import type { CommandProject } from './command-project';
import { fixProject } from './fix-project';
import { HELP_TEXT } from './help-text';
import { isBelow } from './is-below';
import { parseArguments } from './parse-arguments';
import { readProjects } from './read-projects';

export interface CommandOutcome {
  /** 0 clean, 1 certain findings, 2 could not run. */
  readonly exitCode: 0 | 1 | 2;
  readonly output: string;
  readonly errorOutput: string;
}

export interface CommandInput {
  readonly words: readonly string[];
  /** Reported paths are relative to it. */
  readonly folder: string;
  /** What the words ask for, when it is read already. */
  readonly projects?: readonly CommandProject[];
}

/** One run of the command, without touching the process. */
export function runValidate({ words, folder, projects }: CommandInput): CommandOutcome {
  const parsed = parseArguments(words);
  switch (parsed.kind) {
    case 'help':
      return success(HELP_TEXT);
    case 'explain':
      return success(formatRulePage(RULE_METAS.find(({ id }) => id === parsed.rule)!));
    case 'invalid':
      return failure(parsed.message);
    case 'check':
      return check(folder, parsed, projects);
  }
}

type PathFilter = (path: string) => boolean;

function check(folder: string, options: CheckArguments, given: readonly CommandProject[] | undefined): CommandOutcome {
  try {
    const wanted = options.paths.map((path) => relative(folder, resolve(folder, path)).split(sep).join('/'));
    const isWanted: PathFilter = (path) => wanted.length === 0 || wanted.some((folderOrFile) => isBelow(path, folderOrFile));
    const projects = given ?? readProjects(folder, options.paths).projects;
    const missing = findMissing(wanted, projects);
    if (missing !== undefined) return failure(`No Python file at ${missing}. Check the path.`);
    if (options.fix === 'none') return conclude(projects, options, isWanted);
    const errorOutput = fix(projects, options, isWanted);
    return { ...conclude(readProjects(folder, options.paths).projects, options, isWanted), errorOutput };
  } catch (error) {
    return failure(`Could not check ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function findMissing(wanted: readonly string[], projects: readonly CommandProject[]): string | undefined {
  const unreadable = projects.flatMap((project) => project.unreadable.map(({ path }) => pathAt(project.place, path)));
  const known = [...textsOf(projects).keys(), ...unreadable];
  return wanted.find((path) => path !== '' && !known.some((file) => isBelow(file, path)));
}

/** Works all fixes out before it writes the first; returns a line for each. */
function fix(projects: readonly CommandProject[], options: CheckArguments, isWanted: PathFilter): string {
  const outcomes = projects.map((project) => ({
    project,
    ...fixProject(project, options, (path) => isWanted(pathAt(project.place, path))),
  }));
  for (const { project, changes } of outcomes)
    for (const [path, after] of changes) replaceText(join(project.root, path), { before: project.files.get(path)!, after });
  return outcomes
    .flatMap(({ project, fixed }) => fixed.map((found) => atPlace(found, project)))
    .map(({ path, range, rule, fix: done }) => `Fixed ${path}:${range.start.line}: ${rule}: ${done!.title}.\n`)
    .join('');
}

function conclude(projects: readonly CommandProject[], options: CheckArguments, isWanted: PathFilter): CommandOutcome {
  const texts = textsOf(projects);
  const found = projects.flatMap((project) => checkProject(project, options).map((diagnostic) => atPlace(diagnostic, project)));
  const shown = found.filter(({ path }) => isWanted(path)).sort(compareDiagnostics);
  const checkedPaths = [...texts.keys()].filter((path) => path.endsWith('.py') && isWanted(path));
  const isClean = options.exitZero || shown.every(({ certainty }) => certainty !== 'certain');
  return { exitCode: isClean ? 0 : 1, output: report(shown, { options, texts, checkedPaths }), errorOutput: '' };
}

interface ReportInput {
  readonly options: CheckArguments;
  readonly texts: ReadonlyMap<string, string>;
  readonly checkedPaths: readonly string[];
}

function report(diagnostics: readonly Diagnostic[], { options, texts, checkedPaths }: ReportInput): string {
  const { format, statistics, category } = options;
  if (statistics) return formatStatistics(diagnostics, format === 'json' ? 'json' : 'text');
  return formatDiagnostics(diagnostics, format, {
    texts,
    checkedPaths,
    rules: RULE_METAS,
    ...(category === undefined ? {} : { category }),
  });
}

function textsOf(projects: readonly CommandProject[]): ReadonlyMap<string, string> {
  const entries = projects.flatMap(({ files, owns, place }) =>
    [...files].filter(([path]) => owns(path)).map(([path, text]): [string, string] => [pathAt(place, path), text]),
  );
  return new Map(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function atPlace(diagnostic: Diagnostic, { place }: CommandProject): Diagnostic {
  return withPaths(diagnostic, (path) => pathAt(place, path));
}

function pathAt(place: string, path: string): string {
  return place === '' ? path : `${place}/${path}`;
}

function success(output: string): CommandOutcome {
  return { exitCode: 0, output, errorOutput: '' };
}

function failure(message: string): CommandOutcome {
  return { exitCode: 2, output: '', errorOutput: `fastapi-validate: ${message}\n` };
}
