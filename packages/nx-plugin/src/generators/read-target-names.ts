import { readNxJson, type Tree } from '@nx/devkit';
import { normalizeOptions, type FastApiPluginOptions, type TargetNames } from '../plugins/normalize-options';

/** What the workspace calls the targets: the plugin's options in nx.json. */
export function readTargetNames(tree: Tree): TargetNames {
  const entry = readNxJson(tree)?.plugins?.find((plugin) => typeof plugin !== 'string' && plugin.plugin === '@org/fastapi');
  return normalizeOptions(typeof entry === 'object' ? (entry.options as FastApiPluginOptions | undefined) : undefined);
}
