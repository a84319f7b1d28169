/**
 * Run by a test, in a process of its own: a folder, a file with changes, and the number of the change of the disk in which the process is
 * killed (0: in none). Applies the changes; prints how many changes of the disk there were.
 */
import { readFileSync } from 'node:fs';
import { openTransaction } from '../adapters/transaction/transaction';
import { killAtChange } from './kill-at-change';

interface PlainChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

const [folder = '', changesFile = '', deadly = '0'] = process.argv.slice(2);
const changes = (JSON.parse(readFileSync(changesFile, 'utf8')) as readonly PlainChange[]).map(({ path, before, after }) => ({
  path,
  before: before === undefined ? undefined : Buffer.from(before),
  after: after === undefined ? undefined : Buffer.from(after),
}));

const countChanges = killAtChange(Number(deadly));
const transaction = openTransaction({ workspaceRoot: folder, directory: 'apps/shop' });
transaction.apply(changes);
transaction.close();
process.stdout.write(String(countChanges()));
