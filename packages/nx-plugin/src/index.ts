export { createDependencies, createNodes, createNodesV2, name } from './plugins/plugin';
export type { FastApiPluginOptions } from './plugins/normalize-options';
