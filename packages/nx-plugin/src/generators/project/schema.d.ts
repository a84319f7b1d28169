export interface ProjectGeneratorSchema {
  /** The folder of the service, from where the user is in the workspace. */
  readonly directory: string;
  /** The spec's file; without it, the folder's own `service.yaml`. */
  readonly spec?: string;
  /** The name of the Nx project; without it, that of the service. */
  readonly name?: string;
  /** Write the files only, without `uv`. */
  readonly skipInstall?: boolean;
}
