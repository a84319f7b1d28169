/** Rules that need nothing of a file but what `extractOutline` tells, and those that read no Python at all. */
export const OUTLINE_RULES: ReadonlySet<string> = new Set([
  'invalid-manifest',
  'relative-import-beyond-top',
  'shadowed-module',
  'shadowed-stdlib',
  'spec-drift',
  'transitive-distribution',
  'undeclared-distribution',
  'unimportable-module',
  'unknown-symbol',
  'unreadable-file',
  'unresolved-import',
]);
