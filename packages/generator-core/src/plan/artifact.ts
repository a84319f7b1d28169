/** Named groups of artifacts, in order; after each the phase gate stands. */
export const phases = ['core', 'models', 'schemas', 'repositories', 'services', 'routers', 'app', 'tests', 'project'] as const;
export type Phase = (typeof phases)[number];

/** One file to make. */
export interface Artifact {
  /** Relative to the project root, with `/`: `app/models/book.py`. Unique in a plan; names the artifact everywhere. */
  readonly path: string;
  readonly phase: Phase;
  /** Which `ArtifactRole` made it and renders it: `model`. */
  readonly role: string;
  /** Template below `packages/generator-core/templates/`: `app/models/[entity].py.jinja`. */
  readonly template: string;
  /** Entity or operation it is about; undefined for files there is one of. */
  readonly entity?: string;
  readonly operation?: string;
  /** Names that other files may import from it; empty for files that are not Python modules. */
  readonly provides: readonly string[];
  /** Paths of the artifacts whose names it may import at run time. Imports under `TYPE_CHECKING` are in it, too. */
  readonly needs: readonly string[];
  /** Written when it is not there, and never again: databases remember a migration by its name, not by its text. */
  readonly writeOnce?: boolean;
}
