import type { ProjectLayout } from './project-layout';

export interface PythonFile {
  /** Relative to the workspace root. */
  readonly file: string;
  /** Numbers of the names it imports. */
  readonly imports: readonly number[];
}

/** One project of Nx with the Python files that Nx counts as its own. */
export interface PythonProject {
  readonly name: string;
  /** Relative to the workspace root; `.` for the root itself. */
  readonly root: string;
  readonly files: readonly PythonFile[];
  readonly layout: ProjectLayout;
  /** It has a manifest in its folder, so that others can install it. */
  readonly isInstallable: boolean;
  readonly hasPyproject: boolean;
}
