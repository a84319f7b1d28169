import type { GeneratorCallback, Tree } from '@nx/devkit';
import { findCallerFolder } from '../../adapters/find-caller-folder';
import { makeService } from './make-service';
import { readSpec } from './read-spec';
import { resolveDirectory } from './resolve-directory';
import type { ProjectGeneratorSchema } from './schema';

/** A service from its spec, or an existing one brought up to date. */
export async function projectGenerator(
  tree: Tree,
  { directory: folder, spec: specFile, name, ...options }: ProjectGeneratorSchema,
): Promise<GeneratorCallback> {
  const callerFolder = findCallerFolder(tree.root);
  const directory = resolveDirectory({ workspaceRoot: tree.root, callerFolder, directory: folder });
  const spec = readSpec(tree, { directory, callerFolder, spec: specFile });
  return makeService(tree, { spec, directory, callerFolder, options, name, installation: 'always' });
}

export default projectGenerator;
