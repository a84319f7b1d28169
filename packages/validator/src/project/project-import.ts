/** An import of a file that reaches another file of the project. */
export interface ProjectImport {
  /** Absolute dotted name of the module reached. */
  readonly module: string;
  readonly path: string;
  /** Names asked of that module; empty when the module itself is imported, `*` for a star import. */
  readonly names: readonly string[];
  readonly line: number;
  readonly typeCheckingOnly: boolean;
}
