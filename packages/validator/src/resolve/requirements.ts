import type { ManifestFault } from './read-toml';

/** What the project says it needs. Names are normalised. */
export interface Requirements {
  /** False when no file states requirements, or a part of them is only known when it is built: then nothing is undeclared. */
  readonly isStated: boolean;
  readonly declared: ReadonlySet<string>;
  /** The project's own distribution; it is among the declared ones. */
  readonly ownName: string | undefined;
  /** Declared, but only in these groups for work on the project: an installation of it does not have them. */
  readonly developmentOnly: ReadonlyMap<string, string>;
  /** Installed along with a declared distribution → the way from that one down to it, itself left out; empty when unknown. */
  readonly brought: ReadonlyMap<string, readonly string[]>;
  /** Folders with a `pyproject.toml` that is no part of this project: examples, vendored code. What they need stands there. */
  readonly otherProjects: readonly string[];
  /** Modules that the build compiles, by their dotted names: no file here has them. */
  readonly builtModules: ReadonlySet<string>;
  /** A lock file tells all that is installed. */
  readonly isLocked: boolean;
  /** `requires-python` as written. */
  readonly requiresPython: string | undefined;
  /** Manifests that could not be read, with the reason. */
  readonly faults: readonly ManifestFault[];
}

/** A requirement as written, and who needs it. */
export interface StatedRequirement {
  readonly text: string;
  /** The group of people who work on the project; undefined when the program itself needs it. */
  readonly group: string | undefined;
}

/** What one manifest says. */
export interface ManifestRequirements {
  readonly isStated: boolean;
  /** Some of its requirements cannot be read from the text. */
  readonly isOpen: boolean;
  readonly requirements: readonly StatedRequirement[];
  readonly requiresPython?: string;
}
