import { addDependenciesToPackageJson, formatFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import { pluginVersion } from '../../plugin-version';
import { addContinuousIntegration } from './add-continuous-integration';
import { ignorePythonFiles } from './ignore-python-files';
import { registerPlugin } from './register-plugin';
import { registerSync } from './register-sync';
import type { InitGeneratorSchema } from './schema';

/** Makes the workspace ready for services. Run again, it changes nothing. */
export async function initGenerator(
  tree: Tree,
  { skipFormat = false, keepExistingVersions = false, sync = false, ci = 'none', preCommit = false }: InitGeneratorSchema,
): Promise<GeneratorCallback> {
  registerPlugin(tree);
  ignorePythonFiles(tree);
  if (sync) registerSync(tree);
  addContinuousIntegration(tree, { ci, preCommit });
  const install = addOwnPackage(tree, keepExistingVersions);
  if (!skipFormat) await formatFiles(tree);
  return install;
}

/** A workspace may do without package.json: Nx then keeps its plugins in `.nx/installation`. */
function addOwnPackage(tree: Tree, keepExistingVersions: boolean): GeneratorCallback {
  if (!tree.exists('package.json')) return () => undefined;
  return addDependenciesToPackageJson(tree, {}, { '@org/fastapi': pluginVersion }, 'package.json', keepExistingVersions);
}

export default initGenerator;
