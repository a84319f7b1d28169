/** Where the text stands that was generated last time. */
export const baseFolder = '.fastapi/base/';

/** The suffix keeps tools for Python, Nx and uv away from it. */
export function basePathOf(path: string): string {
  return `${baseFolder}${path}.base`;
}

/** Where the text stands that the last run made of a file it did not write: one the user has deleted, or owns, keeps its older base. */
export function madePathOf(path: string): string {
  return `${baseFolder}${path}.made`;
}

/** What a run keeps for the next one: no file of the service. */
export function isKeptForNextRun(path: string): boolean {
  return path.startsWith('.fastapi/');
}
