import type { DiagnosticFormat } from '@org/validator';

/** One project, and all that its verdict depends on besides its files. */
export interface ProjectToValidate {
  readonly name: string;
  /** Relative to the workspace root, with `/`; `.` for the workspace itself. */
  readonly root: string;
  readonly workspaceRoot: string;
  /** Roots of the projects below this one, relative to this one's, sorted: their files are theirs to check. */
  readonly innerRoots: readonly string[];
  /** Sorted by name. One without a surface is left out: nothing is known of it. */
  readonly libraries: readonly LibrarySurface[];
  readonly format: DiagnosticFormat;
  /** Version of the rules, as the target says it. */
  readonly rules: string;
  /** Absolute. */
  readonly cacheFolder: string;
}

export interface LibrarySurface {
  readonly name: string;
  /** Relative to the workspace root, with `/`. */
  readonly root: string;
  /** The bytes that its own `validate` has written. */
  readonly text: string;
}
