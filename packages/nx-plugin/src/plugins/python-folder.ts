import type { PythonFacts } from './python-facts';

/** One folder with manifests of Python, as it lies on the disk. */
export interface PythonFolder {
  /** Relative to the workspace root, with `/`; `.` for the root itself. */
  readonly root: string;
  /** The manifest that Nx shows as the source of the project. */
  readonly file: string;
  readonly facts: PythonFacts;
  /** The `pyproject.toml` has `[tool.uv.workspace]`. */
  readonly isUvWorkspace: boolean;
  /** What a `project.json` or `package.json` beside calls the project. */
  readonly givenName?: string;
  /** A `project.json` stands beside: the folder is a project whatever we think of it. */
  readonly hasProjectFile: boolean;
  /** It has a folder `src`. */
  readonly hasSourceFolder: boolean;
}
