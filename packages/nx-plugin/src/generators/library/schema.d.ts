export interface LibraryGeneratorSchema {
  /** The folder of the library, from where the user is in the workspace. */
  readonly directory: string;
  /** The name of the package and of the Nx project; without it, that of the folder. */
  readonly name?: string;
  /** One sentence for `pyproject.toml` and README. */
  readonly description?: string;
  /** The projects that use the library: names or folders. */
  readonly usedBy?: readonly string[];
  /** Write the files only. */
  readonly skipInstall?: boolean;
}
