import type { FactCollector } from './fact-collector';
import type { Visit } from './walk-context';

/** Notes what a node means and returns the nodes below it that are still to be visited, in source order. */
export type NodeHandler = (facts: FactCollector, visit: Visit) => readonly Visit[];

export type NodeHandlers = Readonly<Record<string, NodeHandler>>;
