/** A path of a project, as people and programs that start at the workspace's root say it. */
export function placeInWorkspace(projectRoot: string, path: string): string {
  return projectRoot === '.' || projectRoot === '' ? path : `${projectRoot}/${path}`;
}
