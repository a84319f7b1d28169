import type { TargetConfiguration } from '@nx/devkit';
import type { Diagnostic } from '@org/validator';
import type { Application } from './application';
import { listFaults } from './check-project';
import { packageManagers, type PackageManager } from './package-manager';
import type { TargetNames } from '../../plugins/normalize-options';

const mostShown = 20;

/** What the user reads: what was found, which targets there are, and what `validate` says. */
export function describeConversion({
  folder,
  name,
  files,
  applications,
  targets,
  facts: { names, manager, declared },
  missing,
  found,
  left,
  ignored,
}: {
  readonly folder: string;
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  readonly applications: readonly Application[];
  readonly targets: Readonly<Record<string, TargetConfiguration>>;
  readonly facts: { readonly names: TargetNames; readonly manager: PackageManager; readonly declared: ReadonlySet<string> };
  readonly missing: readonly string[];
  readonly found: readonly Diagnostic[];
  /** What is found still, with the baseline. */
  readonly left: readonly Diagnostic[];
  /** Files in the baseline. */
  readonly ignored: number;
}): string {
  const modules = [...files.keys()].filter((path) => path.endsWith('.py')).length;
  const faults = left.filter(({ certainty }) => certainty === 'certain');
  const baselined = found.length - left.length;
  return [
    '',
    `${name}: ${countOf(modules, 'Python file')} in ${folder}, run with ${manager}`,
    ...describeApplications(applications, names),
    `  targets: ${[names.validateTargetName, ...Object.keys(targets)].map((target) => `nx run ${name}:${target}`).join(', ')}`,
    ...missing.map(
      (program) =>
        `  ${program} has settings, but is no dependency: ${packageManagers[manager].add} ${program}, then run this again for its target`,
    ),
    ...(applications.length > 0 && !declared.has('uvicorn') ? ['  uvicorn is no dependency of the project, and serves it: add it'] : []),
    ...(ignored === 0
      ? []
      : [
          `  baseline: ${countOf(baselined, 'fault')} in ${countOf(ignored, 'file')} left out by [tool.fastapi-validate] in ${folder}/pyproject.toml`,
        ]),
    `  validate finds ${faults.length === 0 ? 'no faults' : countOf(faults.length, 'fault')}${possibleText(left.length - faults.length)}`,
    ...shownFaults(folder, faults),
    ...(faults.length === 0 ? [] : ['  to begin with a passing validate, and fail on new faults only: run this again with --baseline']),
    '',
  ].join('\n');
}

function describeApplications([first, ...others]: readonly Application[], { serveTargetName }: TargetNames): readonly string[] {
  if (first === undefined)
    return [`  no FastAPI application was found, so there is no ${serveTargetName}: name it with --app module:attribute`];
  const choice = others.length === 0 ? '' : ` (there are also ${others.map(textOf).join(', ')}: choose with --app)`;
  return [`  application: ${textOf(first)}${choice}`];
}

function textOf({ module, attribute }: Application): string {
  return `${module}:${attribute}`;
}

function shownFaults(folder: string, faults: readonly Diagnostic[]): readonly string[] {
  if (faults.length === 0) return [];
  const rest = faults.length - mostShown;
  const lines = listFaults(folder, faults.slice(0, mostShown)).split('\n');
  return [...lines.map((line) => `    ${line}`), ...(rest > 0 ? [`    and ${rest} more`] : [])];
}

function possibleText(count: number): string {
  return count === 0 ? '' : `, ${countOf(count, 'possible fault')} (not counted as failure)`;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
