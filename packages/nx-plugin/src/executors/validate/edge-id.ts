/** Nx 23 names the task that an edge leads to; Nx 24 has the name in an object. */
export type TaskEdge = string | { readonly id: string };

export function edgeId(edge: TaskEdge): string {
  return typeof edge === 'string' ? edge : edge.id;
}
