/** Where the text stands that was generated last time. */
export const baseFolder = '.fastapi/base/';

/** The suffix keeps tools for Python, Nx and uv away from it. */
export function basePathOf(path: string): string {
  return `${baseFolder}${path}.base`;
}

/** What a run keeps for the next one: no file of the service. */
export function isKeptForNextRun(path: string): boolean {
  return path.startsWith('.fastapi/');
}
