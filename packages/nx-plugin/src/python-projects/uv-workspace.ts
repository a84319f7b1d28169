import type { Tree } from '@nx/devkit';
import { minimatch } from 'minimatch';
import { stringsAt, valueAt } from '../pyproject/toml-document';
import { readPythonProject } from './list-python-projects';

/** `[tool.uv.workspace]` in the root's `pyproject.toml`: its members share one lock and one environment. */
export interface UvWorkspace {
  readonly isMember: (folder: string) => boolean;
}

/** Undefined when the workspace root has none: then every project has a lock of its own. */
export function readUvWorkspace(tree: Tree): UvWorkspace | undefined {
  const root = readPythonProject(tree, '.')?.pyproject;
  if (root === undefined || valueAt(root, 'tool', 'uv', 'workspace') === undefined) return undefined;
  const members = stringsAt(root, 'tool', 'uv', 'workspace', 'members');
  const excluded = stringsAt(root, 'tool', 'uv', 'workspace', 'exclude');
  const matches = (patterns: readonly string[], folder: string) =>
    patterns.some((pattern) => minimatch(folder, pattern.replace(/^\.\//, '').replace(/\/$/, '')));
  return { isMember: (folder) => folder === '.' || (matches(members, folder) && !matches(excluded, folder)) };
}
