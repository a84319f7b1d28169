import type { TargetConfiguration } from '@nx/devkit';
import type { TargetNames } from '../../plugins/normalize-options';
import { valueAt, type TomlTable } from '../../pyproject/toml-document';
import { checkTarget, commandTarget, serverTarget } from '../python-targets';
import type { Application } from './application';
import { packageManagers, type PackageManager } from './package-manager';

interface ProjectFacts {
  readonly names: TargetNames;
  readonly manager: PackageManager;
  readonly application: Application | undefined;
  readonly declared: ReadonlySet<string>;
  readonly pyproject: TomlTable;
  readonly has: (path: string) => boolean;
}

/** The targets that cannot be inferred, by name: what the project has no program for is left out. */
export function convertedTargets(facts: ProjectFacts): Readonly<Record<string, TargetConfiguration>> {
  const { names, manager, application, declared } = facts;
  const { run, install } = packageManagers[manager];
  const canInstall = manager !== 'pip' || facts.has('requirements.txt');
  return {
    ...(canInstall && { [names.installTargetName]: commandTarget(install, 'Installs the Python packages') }),
    ...(application && {
      [names.serveTargetName]: serverTarget(
        serveCommand(run, application),
        'Serves the API on port 8000 and restarts it when the code changes',
      ),
    }),
    ...(declared.has('pytest') && { [names.testTargetName]: checkTarget(`${run}pytest`, 'Runs the tests') }),
    ...(declared.has('mypy') && {
      [names.typecheckTargetName]: checkTarget(`${run}mypy${namesFiles(facts) ? '' : ' .'}`, 'Checks the types'),
    }),
    ...(declared.has('ruff') && { [names.lintTargetName]: checkTarget(`${run}ruff check .`, 'Lints') }),
  };
}

/** Programs that the project has settings for, and does not ask for: no target can count on them. */
export function missingPrograms({ declared, pyproject, has }: ProjectFacts): readonly string[] {
  const configured = {
    pytest: valueAt(pyproject, 'tool', 'pytest') !== undefined || has('pytest.ini'),
    mypy: valueAt(pyproject, 'tool', 'mypy') !== undefined || has('mypy.ini') || has('.mypy.ini'),
    ruff: valueAt(pyproject, 'tool', 'ruff') !== undefined || has('ruff.toml') || has('.ruff.toml'),
  };
  return Object.entries(configured).flatMap(([program, isConfigured]) => (isConfigured && !declared.has(program) ? [program] : []));
}

function serveCommand(run: string, { module, attribute, isFactory, importRoot }: Application): string {
  return `${run}uvicorn ${module}:${attribute} --reload${isFactory ? ' --factory' : ''}${importRoot === '.' ? '' : ` --app-dir ${importRoot}`}`;
}

/** mypy's own settings say what it checks; an ini file usually does. */
function namesFiles({ pyproject, has }: ProjectFacts): boolean {
  return (
    has('mypy.ini') ||
    has('.mypy.ini') ||
    ['files', 'packages', 'modules'].some((key) => valueAt(pyproject, 'tool', 'mypy', key) !== undefined)
  );
}
