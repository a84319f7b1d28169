import type { TomlTable } from '../pyproject/toml-document';

/** A folder with a `pyproject.toml`. */
export interface PythonProject {
  /** Relative to the workspace root, with `/`; `.` for the root itself. */
  readonly folder: string;
  /** Name of the Nx project. */
  readonly name: string;
  /** What the package is called; undefined when its `pyproject.toml` names none. */
  readonly distribution: string | undefined;
  readonly pyproject: TomlTable;
}
