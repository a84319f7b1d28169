/** One file that a run writes or deletes. */
export interface FileChange {
  /** From the workspace root, with `/`. */
  readonly path: string;
  /** What it shall hold; undefined: it shall not be there. */
  readonly after: Buffer | undefined;
  /** What it held when the change was thought out; undefined: it was not there. */
  readonly before: Buffer | undefined;
  /** Undefined: that of the file that is there. */
  readonly mode?: number | undefined;
}
