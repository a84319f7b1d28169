import type { SyntaxNode } from '../parse/syntax-node';
import type { Walk } from './walk';

/** Notes what a node means and names the nodes below it that are still to be visited, in source order. */
export type NodeHandler = (walk: Walk, node: SyntaxNode) => void;

/** By node type. */
export type NodeHandlers = Readonly<Record<string, NodeHandler>>;
