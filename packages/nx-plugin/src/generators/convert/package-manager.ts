import type { TomlTable } from '../../pyproject/toml-document';
import { valueAt } from '../../pyproject/toml-document';

/** What installs the project's packages, and runs programs with them. */
export const packageManagers = {
  uv: { run: 'uv run ', install: 'uv sync', add: 'uv add --dev' },
  poetry: { run: 'poetry run ', install: 'poetry install', add: 'poetry add --group dev' },
  pdm: { run: 'pdm run ', install: 'pdm sync', add: 'pdm add --dev' },
  pipenv: { run: 'pipenv run ', install: 'pipenv sync --dev', add: 'pipenv install --dev' },
  // The environment is the one that is active where Nx is run.
  pip: { run: 'python -m ', install: 'python -m pip install -r requirements.txt', add: 'pip install' },
} as const;

export type PackageManager = keyof typeof packageManagers;

/** By the lock file, else by what `pyproject.toml` has settings for; a bare `[project]` is run by uv. */
export function choosePackageManager({
  has,
  pyproject,
}: {
  readonly has: (path: string) => boolean;
  readonly pyproject: TomlTable;
}): PackageManager {
  if (has('uv.lock')) return 'uv';
  if (has('poetry.lock')) return 'poetry';
  if (has('pdm.lock')) return 'pdm';
  if (has('Pipfile')) return 'pipenv';
  if (valueAt(pyproject, 'tool', 'uv') !== undefined) return 'uv';
  if (valueAt(pyproject, 'tool', 'poetry') !== undefined) return 'poetry';
  if (valueAt(pyproject, 'tool', 'pdm') !== undefined) return 'pdm';
  if (has('requirements.txt')) return 'pip';
  return valueAt(pyproject, 'project') === undefined ? 'pip' : 'uv';
}
