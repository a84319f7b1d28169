/** What the manifests of a folder say about it. Kept between commands under the hash of their texts. */
export type PythonFacts =
  /** A `service.yaml` of ours with a `pyproject.toml` beside it. */
  | {
      readonly kind: 'service';
      readonly service: string;
      /** Its `pyproject.toml` has `[tool.importlinter]`. */
      readonly hasImportContracts: boolean;
    }
  /** A `pyproject.toml` that says what the folder is: it has `[project]`, `[tool.poetry]` or `[build-system]`. */
  | {
      readonly kind: 'package';
      /** As written; undefined when nothing states it. */
      readonly distribution?: string;
      readonly description?: string;
      /** It can be built and installed, as a library is. */
      readonly isBuilt: boolean;
    }
  /** A `pyproject.toml` with settings of tools only, or a template that has yet to be filled in. */
  | { readonly kind: 'settings' };
