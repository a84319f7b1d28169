import type { TargetConfiguration } from '@nx/devkit';
import { outputFiles } from '../executors/validate/output-files';
import type { TargetNames } from './normalize-options';

type Inputs = NonNullable<TargetConfiguration['inputs']>;

/** Nothing of npm reaches a Python task: without this line, every change of the npm lock file would run it again. */
const noNpmPackages = { externalDependencies: [] };
/** Written by the tools; git ignores most of it, and so does Nx, but only where the `.gitignore` is still there. */
const leftovers = ['!{projectRoot}/**/.venv/**/*', '!{projectRoot}/**/__pycache__/**/*', '!{projectRoot}/**/.*_cache/**/*'];
const pythonFiles = ['{projectRoot}/**/*.py', '{projectRoot}/**/*.pyi'];
const requirements = ['{projectRoot}/pyproject.toml', '{projectRoot}/uv.lock', '{projectRoot}/.python-version'];
/** Another Python gives other results; uv takes the one that is named here. */
const pythonChoice = { env: 'UV_PYTHON' };

/** Where `readProjectFiles` of the validator does not look: environments, build output, and hidden folders; but the manifest lies in one. */
const unreadFolders = [
  '!{projectRoot}/**/{node_modules,__pycache__,dist,venv,site-packages}/**/*',
  '!{projectRoot}/**/.*/**/*.{py,so,pyd,toml,cfg,ini,txt,in,lock}',
];
/**
 * What `readProjectFiles` reads, among it the spec of a service and the manifest of what was made from it, and what the projects it depends on offer.
 * It runs no Python, so no choice of Python counts.
 */
const validateInputs: Inputs = [
  '{projectRoot}/**/*.{py,so,pyd}',
  '{projectRoot}/**/{pyproject.toml,setup.cfg,pytest.ini,tox.ini,Pipfile}',
  '{projectRoot}/**/*requirements*.{txt,in}',
  '{projectRoot}/**/requirements/*.{txt,in}',
  '{projectRoot}/**/{uv,poetry,pdm}.lock',
  '{projectRoot}/**/service.yaml',
  '{projectRoot}/**/.fastapi/manifest.{json,jsonl}',
  ...unreadFolders,
  { dependentTasksOutputFiles: `**/${outputFiles.surface}`, transitive: false },
  noNpmPackages,
];
const testInputs: Inputs = [
  '{projectRoot}/**/*',
  ...leftovers,
  '^{projectRoot}/**/*',
  { env: 'TEST_DATABASE_URL' },
  pythonChoice,
  noNpmPackages,
];
const openapiInputs: Inputs = [
  ...pythonFiles,
  ...pythonFiles.map((fileset) => `^${fileset}`),
  ...requirements,
  ...leftovers,
  pythonChoice,
  noNpmPackages,
];
const typecheckInputs: Inputs = [
  ...pythonFiles,
  ...pythonFiles.map((fileset) => `^${fileset}`),
  ...requirements,
  '{projectRoot}/mypy.ini',
  '{projectRoot}/.mypy.ini',
  ...leftovers,
  pythonChoice,
  noNpmPackages,
];
const lintInputs: Inputs = [
  ...pythonFiles,
  ...requirements,
  '{projectRoot}/ruff.toml',
  '{projectRoot}/.ruff.toml',
  ...leftovers,
  noNpmPackages,
];

const lintCommand = 'uv run ruff check . && uv run ruff format --check .';

/** The targets of a service, by name. `rules` is the version of the validator's rules. */
export function inferTargets({
  names,
  rules,
  hasImportContracts,
}: {
  readonly names: TargetNames;
  readonly rules: string;
  readonly hasImportContracts: boolean;
}): Record<string, TargetConfiguration> {
  return {
    [names.installTargetName]: uvTarget({
      command: 'uv sync',
      description: 'Installs the Python packages of uv.lock into .venv',
      help: 'uv sync --help',
    }),
    [names.validateTargetName]: validateTarget(names.validateTargetName, rules),
    [names.testTargetName]: cached(
      testInputs,
      uvTarget({ command: 'uv run pytest', description: 'Runs the tests', help: 'uv run pytest --help' }),
    ),
    [names.typecheckTargetName]: cached(
      typecheckInputs,
      uvTarget({ command: 'uv run mypy app tests', description: 'Checks the types', help: 'uv run mypy --help' }),
    ),
    [names.lintTargetName]: cached(
      lintInputs,
      uvTarget({
        command: hasImportContracts ? `${lintCommand} && uv run lint-imports --no-logo` : lintCommand,
        description: hasImportContracts ? 'Lints, and checks the formatting and who imports whom' : 'Lints, and checks the formatting',
        help: 'uv run ruff --help',
      }),
    ),
    [names.serveTargetName]: {
      continuous: true,
      ...uvTarget({
        command: 'uv run uvicorn app.main:app --reload --reload-dir app',
        description: 'Serves the API on port 8000 (another: --port) and restarts it when the code changes',
        help: 'uv run uvicorn --help',
      }),
    },
    [names.migrateTargetName]: uvTarget({
      command: 'uv run alembic upgrade head',
      description: 'Brings the database up to the newest migration',
      help: 'uv run alembic --help',
    }),
    [names.openapiTargetName]: {
      cache: true,
      inputs: openapiInputs,
      outputs: ['{projectRoot}/openapi.json'],
      ...uvTarget({
        command: 'uv run python -m app.export_openapi',
        description: 'Writes openapi.json, the description of the API to commit',
        help: 'uv run python --help',
      }),
    },
    [names.generateTargetName]: {
      executor: '@org/fastapi:generate',
      metadata: {
        technologies: ['python', 'fastapi'],
        description: 'Brings the service in step with its service.yaml, and keeps what you have edited',
        help: { command: `nx run <project>:${names.generateTargetName} --help`, example: { options: { check: true } } },
      },
    },
  };
}

/**
 * The targets of a Python project without a spec: what can be had from its files alone.
 * How it is installed, tested and linted is told by nothing one can rely on; a target that may fail for want of a tool is worse than none.
 */
export function inferLibraryTargets({
  names,
  rules,
}: {
  readonly names: TargetNames;
  readonly rules: string;
}): Record<string, TargetConfiguration> {
  return { [names.validateTargetName]: validateTarget(names.validateTargetName, rules) };
}

/** Libraries first: what they offer is an input. A change inside one of their functions leaves that as it is, and the result of their dependents valid. */
function validateTarget(name: string, rules: string): TargetConfiguration {
  return {
    executor: '@org/fastapi:validate',
    cache: true,
    dependsOn: [`^${name}`],
    inputs: validateInputs,
    outputs: Object.values(outputFiles).map((path) => `{projectRoot}/${path}`),
    options: { rules },
    metadata: {
      technologies: ['python', 'fastapi'],
      description: 'Checks the imports, names and syntax of every Python file, without running any',
      help: { command: `nx run <project>:${name} --help`, example: { options: { format: 'concise' } } },
    },
  };
}

function uvTarget({
  command,
  description,
  help,
}: {
  readonly command: string;
  readonly description: string;
  readonly help: string;
}): TargetConfiguration {
  return {
    command,
    options: { cwd: '{projectRoot}' },
    metadata: { technologies: ['python', 'uv'], description, help: { command: help, example: {} } },
  };
}

function cached(inputs: Inputs, target: TargetConfiguration): TargetConfiguration {
  return { cache: true, inputs, outputs: [], ...target };
}
