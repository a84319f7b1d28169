import { readNxJson, updateNxJson, type Tree } from '@nx/devkit';

const pluginName = '@org/fastapi';

/** Puts the plugin into nx.json, so that services are projects; leaves an entry that is there as it is. */
export function registerPlugin(tree: Tree): void {
  const nxJson = readNxJson(tree) ?? {};
  const plugins = nxJson.plugins ?? [];
  if (plugins.some((entry) => (typeof entry === 'string' ? entry : entry.plugin) === pluginName)) return;
  updateNxJson(tree, { ...nxJson, plugins: [...plugins, { plugin: pluginName, options: {} }] });
}
