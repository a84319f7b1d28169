/** Where uv takes a requirement from when not from an index. */
export type RequirementSource =
  | { readonly kind: 'workspace' }
  /** As written: relative to the folder of the manifest. */
  | { readonly kind: 'path'; readonly path: string };

/** What one `pyproject.toml` says about other projects. */
export interface StatedDependencies {
  /** Its own name, normalised as PEP 503 says. */
  readonly distribution?: string;
  /** What it requires, in any group, normalised; an index or a folder may have it. */
  readonly requirements: readonly string[];
  /** It has `[tool.uv.workspace]`: its sources hold for the projects below it, too. */
  readonly isUvWorkspace: boolean;
  /** `[tool.uv.sources]`, by normalised name. */
  readonly sources: Readonly<Record<string, readonly RequirementSource[]>>;
  /** Folders that requirements name themselves: Poetry's `{ path = … }`, `name @ file:…`. As written. */
  readonly paths: readonly string[];
}
