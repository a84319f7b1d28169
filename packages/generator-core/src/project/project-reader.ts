/** What is in the target folder now. Paths are relative to the project root, with `/`. Nx's Tree, a disk or a map can stand behind it. */
export interface ProjectReader {
  /** Every file below the project root that is not ignored by git; sorted. */
  readonly list: () => readonly string[];
  /** Text of a file; undefined when there is none. */
  readonly read: (path: string) => string | undefined;
}
