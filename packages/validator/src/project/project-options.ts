import type { ModuleSummary } from '../extract/module-summary';
import type { ProjectSurface } from '../resolve/project-surface';

export interface ProjectOptions {
  /** Path relative to the project root, with `/` → text. Python files and manifests count; others are ignored. */
  readonly files: ReadonlyMap<string, string>;
  /** Folders imports start from, relative to the root; by default `.`, and `src` when it is no package. */
  readonly roots?: readonly string[];
  /** Such as `3.12`; by default the lowest version of `requires-python`, else 3.12. */
  readonly pythonVersion?: string;
  /** Other projects of the workspace, by distribution or project name: imports of their modules are held against their surfaces. */
  readonly libraries?: ReadonlyMap<string, ProjectSurface> | undefined;
  /**
   * Only these rules are asked; all when undefined. What the others say is left out, and files are read only as far as these need it.
   */
  readonly rules?: readonly string[];
  /** The texts are judged as they are and never change: what a verdict rests on is not kept, and `update` is refused. */
  readonly isFinal?: boolean;
  /** Facts made before, such as those of `readFacts`; undefined for a text that has none, which is then parsed. */
  readonly readSummary?: (path: string, text: string) => ModuleSummary | undefined;
  /** The same of outlines, such as those of `readFacts` with `depth: 'outline'`; asked for only where `rules` need no more. */
  readonly readOutline?: (path: string, text: string) => ModuleSummary | undefined;
}
