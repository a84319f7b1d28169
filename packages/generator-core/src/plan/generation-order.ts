import { stronglyConnectedComponents } from '@org/validator';
import type { FileGraph } from './file-graph';

/**
 * Batches of a file graph, dependencies first. A batch is one strongly connected component: files that need each other
 * are made together (models that refer to each other). The same whatever order the graph was built in.
 */
export function generationOrder(graph: FileGraph): readonly (readonly string[])[] {
  const targets = (path: string) => (graph.dependencies[path] ?? []).map((dependency) => dependency.target);
  return stronglyConnectedComponents(Object.keys(graph.nodes), targets);
}
