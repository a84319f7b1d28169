import { posix } from 'node:path';
import { glob, type Tree } from '@nx/devkit';
import { readProjectName } from '../generators/project/read-project-name';
import { readServiceName } from '../plugins/read-service-name';
import { readTomlDocument, stringAt, type TomlTable } from '../pyproject/toml-document';
import type { PythonProject } from './python-project';

/** Every Python project of the workspace, sorted by folder. A `pyproject.toml` that is no TOML is left to the tools that read it. */
export function listPythonProjects(tree: Tree): readonly PythonProject[] {
  return glob(tree, ['**/pyproject.toml'])
    .filter((file) => !/(^|\/)(node_modules|\.venv)\//.test(file))
    .map((file) => readPythonProject(tree, posix.dirname(file)))
    .filter((project) => project !== undefined)
    .sort((left, right) => (left.folder < right.folder ? -1 : 1));
}

/** Undefined when the folder has no `pyproject.toml` that can be read. */
export function readPythonProject(tree: Tree, folder: string): PythonProject | undefined {
  const text = tree.read(posix.join(folder, 'pyproject.toml'), 'utf-8');
  const reading = text === null ? undefined : readTomlDocument(text);
  if (reading?.kind !== 'read') return undefined;
  const pyproject = reading.document.value;
  const distribution = distributionNameOf(pyproject);
  return { folder, distribution, pyproject, name: nameOf(tree, folder) ?? distribution ?? posix.basename(folder) };
}

/** What a `pyproject.toml` calls its package. */
function distributionNameOf(pyproject: TomlTable): string | undefined {
  return stringAt(pyproject, 'project', 'name') ?? stringAt(pyproject, 'tool', 'poetry', 'name');
}

function nameOf(tree: Tree, folder: string): string | undefined {
  return readProjectName(tree, folder) ?? readServiceName(tree.read(posix.join(folder, 'service.yaml'), 'utf-8') ?? '');
}
