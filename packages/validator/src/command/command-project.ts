import type { Diagnostic } from '../diagnostics/diagnostic';
import type { ProjectOptions } from '../project/project-options';

/** One project of a run. */
export interface CommandProject {
  /** Absolute. */
  readonly root: string;
  /** The root seen from the folder the command runs in: ``, `services/shop` or `../shop`. */
  readonly place: string;
  /** What is below the root, by path relative to it; with the files of projects inside when its imports may reach them. */
  readonly files: ReadonlyMap<string, string>;
  /** Digest of a file's text, by path relative to the root. */
  readonly digestOf: (path: string) => string | undefined;
  /** Facts of files, or their outlines, that were made before; others are made while the project is opened. */
  readonly facts?: Pick<ProjectOptions, 'readSummary' | 'readOutline'>;
  /** Findings of reading, of this project alone. */
  readonly unreadable: readonly Diagnostic[];
  /** Whether a path belongs to this project and not to one inside it. */
  readonly owns: (path: string) => boolean;
}
