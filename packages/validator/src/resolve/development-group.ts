const DEVELOPMENT =
  /(^|[-_./])(dev|devel|develop|development|tests?|testing|lint|linting|docs?|ci|typing|types|style|format|quality|e2e|bench\w*)([-_.]|$)/i;

/** Whether a group, an extra or a requirements file is by its name for those who work on the project. */
export function isDevelopmentGroup(name: string): boolean {
  return DEVELOPMENT.test(name);
}
