import { offsetFromRoot, type TargetConfiguration } from '@nx/devkit';
import type { TargetNames } from '../../plugins/normalize-options';
import { checkTarget, commandTarget } from '../python-targets';

/** `project.json` of a library. `validate` is not in it: the plugin infers it from `pyproject.toml`. */
export function libraryProject({
  directory,
  name,
  names,
}: {
  readonly directory: string;
  readonly name: string;
  readonly names: TargetNames;
}): object {
  const targets: Record<string, TargetConfiguration> = {
    [names.installTargetName]: commandTarget('uv sync', 'Installs the Python packages of uv.lock into .venv'),
    [names.testTargetName]: checkTarget('uv run pytest', 'Runs the tests'),
    [names.typecheckTargetName]: checkTarget('uv run mypy', 'Checks the types'),
    [names.lintTargetName]: checkTarget('uv run ruff check . && uv run ruff format --check .', 'Lints, and checks the formatting'),
  };
  return {
    $schema: `${offsetFromRoot(directory)}node_modules/nx/schemas/project-schema.json`,
    name,
    projectType: 'library',
    sourceRoot: `${directory}/src`,
    targets,
  };
}
