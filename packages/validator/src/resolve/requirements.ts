/** What the project says it needs. Names are normalised. */
export interface Requirements {
  /** False when no file states requirements: then nothing is undeclared. */
  readonly isStated: boolean;
  readonly declared: ReadonlySet<string>;
  /** Installed along with a declared distribution. */
  readonly brought: ReadonlySet<string>;
  /** `requires-python` as written. */
  readonly requiresPython: string | undefined;
  /** Manifests that could not be read, with the reason. */
  readonly faults: readonly { readonly path: string; readonly message: string; readonly line: number; readonly column: number }[];
}
