import { join } from 'node:path';
import { createNodesFromFiles, hashArray, type CreateNodes, type CreateNodesResult } from '@nx/devkit';
import { PluginCache, workspaceDataDirectory } from '../nx-compat';
import { pluginVersion } from '../plugin-version';
import { inferProject } from './infer-project';
import { normalizeOptions, type FastApiPluginOptions, type TargetNames } from './normalize-options';
import { readServiceFacts, type ServiceFacts } from './read-service-facts';

export const name = '@org/fastapi';

type Project = ReturnType<typeof inferProject>;

/** Every `service.yaml` that a service was made from is a project, with its targets. */
export const createNodes: CreateNodes<FastApiPluginOptions> = [
  '**/service.yaml',
  async (files, options, context) => {
    const names = normalizeOptions(options);
    const cache = new PluginCache<Project>(join(workspaceDataDirectory, 'fastapi.hash'));
    try {
      return await createNodesFromFiles(
        (file) => nodesOf(readServiceFacts(file, context.workspaceRoot), names, cache),
        files,
        options,
        context,
      );
    } finally {
      cache.writeToDisk();
    }
  },
];

/** The name that Nx 21 and 22 look for. */
export const createNodesV2 = createNodes;

async function nodesOf(facts: ServiceFacts | undefined, names: TargetNames, cache: PluginCache<Project>): Promise<CreateNodesResult> {
  if (facts === undefined) return {};
  const key = hashArray([pluginVersion, JSON.stringify(facts), JSON.stringify(names)]);
  const project = cache.get(key) ?? inferProject({ ...facts, names, rules: await readRulesVersion() });
  cache.set(key, project);
  return { projects: { [facts.root]: project } };
}

/** Loading the validator is what costs here, and every Nx command comes by: it is loaded only when the cache has no answer. */
async function readRulesVersion(): Promise<string> {
  const { rulesVersion } = await import('@org/validator');
  return rulesVersion;
}
