import { createNodes } from './create-nodes';
import { createDependencies } from './dependencies/create-dependencies';

export { createDependencies, createNodes };
/** The name that Nx 21 and 22 look for. */
export const createNodesV2 = createNodes;
export const name = '@org/fastapi';
