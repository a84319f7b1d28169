import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { transactionFolder } from './transaction-folder';

/** Whether a run of the service was killed while its files were put in place. `folder` is the service's. */
export function isTransactionUnfinished(folder: string): boolean {
  return existsSync(join(folder, transactionFolder, 'plan.json'));
}
