/** Whether a file is that file or in that folder; both relative to one place, `` being the place itself. */
export function isBelow(file: string, path: string): boolean {
  return path === '' || file === path || file.startsWith(`${path}/`);
}
