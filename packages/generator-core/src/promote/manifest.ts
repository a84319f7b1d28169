import type { ArtifactKey } from './artifact-key';

/** What was generated, and from what. Kept in the project as JSON Lines, an artifact a line, so that branches which add different files merge. */
export interface Manifest {
  readonly version: 2;
  /** Version of `@org/generator-core` that wrote it. */
  readonly generator: string;
  /** SHA-256 (hex) of the spec's text; undefined where two branches were merged that had different ones. */
  readonly spec: string | undefined;
  /** By path; sorted. */
  readonly artifacts: ReadonlyMap<string, ArtifactRecord>;
}

export interface ArtifactRecord {
  /** Relative to the project root, with `/`. */
  readonly path: string;
  /** The artifact's role; `unknown` when it comes from a manifest of version 1. */
  readonly role: string;
  readonly entity?: string | undefined;
  readonly operation?: string | undefined;
  /** What the base was made from; undefined when that is not known, so that it is made again. */
  readonly key?: ArtifactKey | undefined;
  /** Hash of what others see of a Python file. */
  readonly surface?: string | undefined;
  /** The model that wrote the base; undefined when a template did. */
  readonly model?: string | undefined;
  /** Hash of the merge that was put beside the file when it came into conflict; undefined when it is in none. */
  readonly conflict?: string | undefined;
  /** Whether two branches said different things of it, so that its base has lines of both. Never written. */
  readonly isContested?: boolean;
}

export const manifestPath = '.fastapi/manifest.jsonl';
