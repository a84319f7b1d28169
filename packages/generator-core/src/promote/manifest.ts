/** What was generated, so that the next run knows what the user has touched. Kept in the project as `.fastapi/manifest.json`. */
export interface Manifest {
  readonly version: 1;
  /** Version of `@org/generator-core` that wrote the files. */
  readonly generator: string;
  /** SHA-256 (hex) of the spec's text. */
  readonly spec: string;
  /** SHA-256 (hex) of each generated file's text, by path; keys sorted. */
  readonly files: Readonly<Record<string, string>>;
  /** Which model wrote a file, by path; keys sorted. Left out when templates wrote all of them. */
  readonly models?: Readonly<Record<string, string>> | undefined;
}

export const manifestPath = '.fastapi/manifest.json';
