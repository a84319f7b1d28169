import { logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import type { SpecEdit } from '@org/generator-core';
import { findCallerFolder } from '../../adapters/find-caller-folder';
import { UserError } from '../../errors/user-error';
import { makeService } from '../project/make-service';
import { readOwnSpec } from '../project/read-spec';
import type { RunOptions } from '../project/schema';
import { readTargetNames } from '../read-target-names';
import { describeRefusedEdit } from './describe-refused-edit';
import { findService } from './find-service';

export interface Addition {
  /** Name or folder of the service, where the user gave one. */
  readonly project: string | undefined;
  readonly edit: (specText: string) => SpecEdit;
  readonly options: RunOptions;
}

/** Adds to the spec of a service and brings the service up to date with it: both, or neither. */
export async function addToService(tree: Tree, { project, edit, options }: Addition): Promise<GeneratorCallback> {
  const callerFolder = findCallerFolder(tree.root);
  const { name, directory } = findService(tree, { project, callerFolder });
  const spec = readOwnSpec(tree, directory);
  const edited = edit(spec.mark + spec.text);
  if (edited.kind === 'present') {
    logger.info(`\n${spec.path} has ${edited.name} already, with the same content: there is nothing to do.\n`);
    return () => undefined;
  }
  if (edited.kind !== 'added')
    throw new UserError(
      describeRefusedEdit(edited, { specPath: spec.path, bringUp: `nx run ${name}:${readTargetNames(tree).generateTargetName}` }),
    );
  return makeService(tree, {
    spec: { ...spec, text: edited.text.slice(spec.mark.length) },
    directory,
    callerFolder,
    options,
    installation: 'when-changed',
    heading: `${spec.path}: ${edited.name} added\n${edited.added}\n`,
    editedSpecText: edited.text,
  });
}
