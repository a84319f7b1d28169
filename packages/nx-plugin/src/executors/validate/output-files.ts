/** What `validate` writes into a project, from the project's root. Git ignores both; Nx restores both with a cached result. */
export const outputFiles = {
  /** The names and signatures that other projects may use, by module. */
  surface: '.fastapi/surface.json',
  /** The findings, for code scanning. */
  sarif: '.fastapi/validate.sarif',
} as const;
