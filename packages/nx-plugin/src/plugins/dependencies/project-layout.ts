import type { StatedDependencies } from './stated-dependencies';

/** What the manifests of one project say to the graph. Kept between commands. */
export interface ProjectLayout {
  /** Folders, relative to the project's, whose modules other projects can import; `.` is the project's own. */
  readonly packagedRoots: readonly string[];
  /** Folders the project's own imports start from. */
  readonly ownRoots: readonly string[];
  readonly stated: StatedDependencies;
}
