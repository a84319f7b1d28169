export interface InitGeneratorSchema {
  /** Let `nx sync:check` compare services with their specs. */
  readonly sync?: boolean;
  /** `github`, `gitlab` or `none`. */
  readonly ci?: string;
  /** Write `.pre-commit-config.yaml`. */
  readonly preCommit?: boolean;
  /** Leave nx.json and package.json as they are written. */
  readonly skipFormat?: boolean;
  /** Leave the version of @org/fastapi in package.json as it is. */
  readonly keepExistingVersions?: boolean;
}
