import type { FilelessModules, SymbolKind } from '../extract/module-summary';

/** A name others are meant to use. */
export interface SurfaceExport {
  readonly name: string;
  /** What it is where it is defined, also when this module only hands it on; `import`: it comes from another project or library. */
  readonly kind: SymbolKind | 'module';
  /** Python text without bodies; several lines for a class, and for a name that is bound several times. */
  readonly signature: string;
  /** How it is called, `(session, /, *, email=..., **rest)`; set only where Python checks a call against exactly these parameters. */
  readonly call?: string;
}

export interface SurfaceModule {
  /** Dotted names that imports reach it by, the usual one first. */
  readonly names: readonly string[];
  /** Relative to the project, with `/`. */
  readonly path: string;
  /** It may have any name: it is compiled, cannot be read, answers by `__getattr__`, or binds names that only running it tells. */
  readonly isOpen: boolean;
  /** Modules below it that need no file. */
  readonly fileless: FilelessModules;
  /** `__all__` when it is plain data. */
  readonly all: readonly string[] | 'dynamic' | undefined;
  /** Sorted by name. */
  readonly exports: readonly SurfaceExport[];
  /** Every other name that is bound when the module has loaded: private ones, imports. Sorted. */
  readonly others: readonly string[];
  /** Submodules that are bound on it as soon as it is imported. Sorted. */
  readonly submodules: readonly string[];
  /** Names that the text has and an importer does not get. Sorted by name. */
  readonly unbound: readonly { readonly name: string; readonly status: 'type-checking-only' | 'declared-only' | 'deleted' }[];
}

/** What other projects may use of a project. A function of its texts; without tests, paths of the machine and places in files. */
export interface ProjectSurface {
  /** The name its manifest gives it. */
  readonly distribution: string | undefined;
  /** Distributions it needs when it runs. Sorted. */
  readonly requires: readonly string[];
  /** Sorted by their first name. */
  readonly modules: readonly SurfaceModule[];
  /** Names its code puts on some module from outside, where it cannot be told on which. Sorted. */
  readonly stored: readonly string[];
}
