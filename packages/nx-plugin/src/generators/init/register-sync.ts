import { readNxJson, updateNxJson, type Tree } from '@nx/devkit';

const syncGenerator = '@org/fastapi:sync';

/** Lets `nx sync:check` compare services with their specs. */
export function registerSync(tree: Tree): void {
  const nxJson = readNxJson(tree) ?? {};
  const globalGenerators = nxJson.sync?.globalGenerators ?? [];
  if (globalGenerators.includes(syncGenerator)) return;
  updateNxJson(tree, { ...nxJson, sync: { ...nxJson.sync, globalGenerators: [...globalGenerators, syncGenerator] } });
}
