import { posix } from 'node:path';
import { glob, type Tree } from '@nx/devkit';
import { SyncError } from '../../nx-compat';
import { readServiceName } from '../../plugins/read-service-name';
import { readProjectName } from '../project/read-project-name';
import { readTargetNames } from '../read-target-names';
import { isOutOfStep, manifestFiles } from './is-out-of-step';

/** Throws `SyncError` when a service is out of step with its spec. It cannot bring it up to date itself: that may take a model, and a review. */
export function syncGenerator(tree: Tree): void {
  const folders = glob(tree, ['**/service.yaml'])
    .filter((file) => !/(^|\/)(node_modules|\.venv)\//.test(file))
    .map((file) => posix.dirname(file))
    .filter((folder) => isServiceOutOfStep(tree, folder))
    .sort();
  if (folders.length === 0) return;
  throw new SyncError(
    folders.length === 1 ? '1 service is out of step with its spec' : `${folders.length} services are out of step with their specs`,
    folders.map(
      (folder) => `${folder}/service.yaml was changed since its files were made. Bring them up to date: ${commandFor(tree, folder)}`,
    ),
  );
}

function isServiceOutOfStep(tree: Tree, folder: string): boolean {
  const spec = tree.read(posix.join(folder, 'service.yaml'), 'utf-8');
  const manifests = manifestFiles.flatMap((file) => tree.read(posix.join(folder, file), 'utf-8') ?? []);
  return spec !== null && isOutOfStep({ spec, manifests });
}

function commandFor(tree: Tree, folder: string): string {
  const spec = tree.read(posix.join(folder, 'service.yaml'), 'utf-8') ?? '';
  return `nx run ${readProjectName(tree, folder) ?? readServiceName(spec) ?? folder}:${readTargetNames(tree).generateTargetName}`;
}

export default syncGenerator;
