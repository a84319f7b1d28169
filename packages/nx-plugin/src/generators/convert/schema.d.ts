export interface ConvertGeneratorSchema {
  /** The folder of the project, from where the user is in the workspace. */
  readonly directory: string;
  /** The name of the Nx project; without it, as its files have it. */
  readonly name?: string;
  /** The application to serve, `module:attribute`; without it, the one that is found. */
  readonly app?: string;
  /** Have `validate` leave out what it finds today. */
  readonly baseline?: boolean;
}
