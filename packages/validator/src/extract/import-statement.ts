import type { Span } from '../text/span';

/**
 * What happens when the import fails: `none` — the error leaves the module; `guarded` — an `except ImportError` catches it;
 * `fallback` — it stands in such a handler, or its `else`, or under a test of the platform, and may never run.
 */
export type ImportGuard = 'none' | 'guarded' | 'fallback';

export interface ImportedName {
  readonly name: string;
  readonly boundName: string;
  readonly span: Span;
}

/** One module asked for by an import statement; `import a, b` makes two. */
export interface ImportStatement {
  readonly kind: 'import' | 'from' | 'star';
  /** Number of leading dots; 0 for an absolute import. */
  readonly level: number;
  /** Dotted name as written, without leading dots; '' in `from . import x`. */
  readonly module: string;
  /** Where the module's name stands, dots included. */
  readonly moduleSpan: Span;
  readonly span: Span;
  /** For `from`: the names asked for. */
  readonly names: readonly ImportedName[];
  /** For `import`: the name bound (`a` for `import a.b`, `z` for `import a.b as z`). */
  readonly boundName: string | undefined;
  readonly hasAlias: boolean;
  readonly guard: ImportGuard;
  readonly typeCheckingOnly: boolean;
  /** Not on the straight path of its scope: under `if`, `try`, `for`, `while` or `match`. */
  readonly conditional: boolean;
  /** `load`: runs while the module loads; `call`: inside a function. */
  readonly time: 'load' | 'call';
}
