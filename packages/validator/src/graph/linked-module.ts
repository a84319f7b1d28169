import type { Span } from '../text/span';
import type { ImportResolution } from '../resolve/import-resolution';
import type { ExportStatus } from './export-lookup';
import type { ArgumentFault } from './match-arguments';

export interface LinkedName {
  readonly name: string;
  readonly status: ExportStatus | 'submodule';
  /** For `submodule`: its file; undefined for a namespace package, and for a module of a library. */
  readonly path?: string;
  /** For `submodule`: it is a module of this library. */
  readonly library?: string;
  /** For `missing`: near names of the same module, then modules of the project that bind exactly this name. */
  readonly nearest?: readonly string[];
  readonly boundBy?: readonly string[];
}

export interface LinkedImport {
  readonly resolution: ImportResolution;
  /** False when a package on the way is dynamic and may answer for modules it has no file for. */
  readonly certain: boolean;
  readonly names: readonly LinkedName[];
  /** For `star`: names in the module's `__all__` that it does not bind. */
  readonly missingFromAll: readonly string[];
  /** For `unresolved` and `undeclared`: modules of the project with a near name. */
  readonly nearestModules: readonly string[];
}

export interface LinkedAttribute {
  readonly module: string;
  /** Set when the module is one of this library. */
  readonly library?: string;
  readonly path: string;
  readonly name: string;
  readonly span: Span;
  /** `missing`: nothing binds it. `not-loaded`: a submodule of that name exists, but nothing here imports it. */
  readonly status: 'missing' | 'not-loaded' | 'type-checking-only' | 'declared-only' | 'deleted';
  readonly certain: boolean;
  readonly nearest: readonly string[];
}

/** A call whose arguments do not fit. */
export interface LinkedCall {
  readonly name: string;
  /** Set when it is defined in this library: no file and line of it are known. */
  readonly library?: string;
  /** Where the callee is defined, and how. */
  readonly path: string;
  readonly line: number;
  readonly signature: string;
  readonly faults: readonly ArgumentFault[];
  readonly certain: boolean;
}

/** What a file's imports and names mean in this project. Two equal links give equal diagnostics for the same text. */
export interface LinkedModule {
  readonly module: string | undefined;
  /** The package of the same name beside it, which every import finds instead. */
  readonly shadowedBy: string | undefined;
  /** Its folder has an `__init__.py`. */
  readonly isInPackage: boolean;
  /** In the order of the summary's imports. */
  readonly imports: readonly LinkedImport[];
  /** Only the attributes that are not there. */
  readonly attributes: readonly LinkedAttribute[];
  readonly calls: readonly LinkedCall[];
  /** Names star imports bring; undefined when they may bring anything. */
  readonly starNames: readonly string[] | undefined;
  /** For undefined names: modules of the project that bind them. */
  readonly boundBy: Readonly<Record<string, readonly string[]>>;
  /** Names bound here only under TYPE_CHECKING that some file writes on a module: `coercions.elements = elements`. */
  readonly storedNames: readonly string[];
}
