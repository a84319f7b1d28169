/** One module that an import statement asks for; `import a, b` makes two. */
export interface WrittenImport {
  /** Number of leading dots; 0 for an absolute import. */
  readonly level: number;
  /** Dotted name as written, without leading dots; '' in `from . import x`. */
  readonly module: string;
  /** The names that `from` takes out of it, `['*']` for all; none for `import a.b`. */
  readonly names: readonly string[];
}
