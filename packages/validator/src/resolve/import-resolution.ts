/** What an import statement's module turns out to be when Python looks for it. */
export type ImportResolution =
  /** `via` tells which folder answered: an import root, the importing file's own folder (scripts, tests), or another folder that is on no path. */
  | { readonly kind: 'module'; readonly module: string; readonly path: string; readonly via: 'root' | 'own-folder' | 'other-folder' }
  | { readonly kind: 'namespace-package'; readonly module: string }
  | { readonly kind: 'stdlib'; readonly module: string }
  /** Of another project whose surface is known. `path`: under which its summary is; undefined for a namespace package. */
  | {
      readonly kind: 'library';
      readonly module: string;
      readonly path: string | undefined;
      readonly library: string;
      /** What manifests say of it. */
      readonly distribution: Extract<ImportResolution, { kind: 'distribution' }>;
    }
  | {
      readonly kind: 'distribution';
      readonly module: string;
      /** Who provides the module; the first is the one to recommend. */
      readonly distributions: readonly string[];
      /** `unspecified`: the project states no requirements at all, so nothing can be said. */
      readonly requirement: 'declared' | 'brought' | 'undeclared' | 'unspecified';
      /** For `brought`: from a declared distribution down to the one that needs it; empty when only the lock file tells. */
      readonly way: readonly string[];
      /** For `declared`: set when only a group for work on the project has it. */
      readonly group: string | undefined;
      /** `known`: a distribution is known to provide it. `unknown`: none is. `unclear`: a declared one may, by its name. */
      readonly provider: 'known' | 'unknown' | 'unclear';
    }
  /** `tried` keeps the search order; diagnostics and the repair prompt quote it. */
  | {
      readonly kind: 'unresolved';
      readonly module: string;
      readonly tried: readonly string[];
      readonly reason?: string;
      /** Set when the standard library has it in these versions of Python, and not in the project's. */
      readonly otherVersions?: string;
      /** Set when it would be a module of these libraries. */
      readonly libraries?: readonly string[];
    }
  | { readonly kind: 'beyond-top-level'; readonly packageName: string };
