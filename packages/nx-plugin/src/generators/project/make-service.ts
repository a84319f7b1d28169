import { logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { beginTransaction } from '../../adapters/transaction/begin-transaction';
import { treeChanges } from '../../adapters/transaction/tree-changes';
import { registerPlugin } from '../init/register-plugin';
import { assertTargetFolder } from './assert-target-folder';
import { chooseName } from './choose-name';
import { keepName } from './keep-name';
import { runService, type ServiceRun } from './run-service';

interface ServiceMaking extends Omit<ServiceRun, 'isDryRun' | 'nameOf'> {
  /** The name that the user asked for. */
  readonly name?: string | undefined;
  /** What the file of the spec is to hold, where the generator changes it. */
  readonly editedSpecText?: string;
}

/**
 * What every generator of a service does. Nx writes the Tree when the generator has ended well; only the installation, and what the installed
 * service writes of itself, come after. What Nx is about to write is put down before, so that the next run ends what a killed one has begun.
 */
export async function makeService(tree: Tree, { name: asked, editedSpecText, ...run }: ServiceMaking): Promise<GeneratorCallback> {
  const { directory } = run;
  const isDryRun = process.env['NX_DRY_RUN'] === 'true';
  assertTargetFolder(tree, directory);
  const transaction = isDryRun ? undefined : beginTransaction(tree, directory);
  try {
    const nameOf = (service: string): string => chooseName(tree, { directory, service, asked });
    const { generated, name, text, seen, finish } = await runService(tree, { ...run, isDryRun, nameOf });
    keepName(tree, { directory, name, service: generated.report.service });
    registerPlugin(tree);
    if (editedSpecText !== undefined) tree.write(run.spec.path, editedSpecText);
    transaction?.announce(treeChanges(tree, seen));
    logger.info(text);
    return () => {
      try {
        finish();
      } finally {
        transaction?.close();
      }
    };
  } catch (error) {
    transaction?.close();
    throw error;
  }
}
