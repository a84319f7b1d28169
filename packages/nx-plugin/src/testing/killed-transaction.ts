/**
 * Run by a test, in a process of its own: a folder, a file with changes, and the number of the call of `node:fs` that changes the disk
 * in which the process is killed (0: in none). Applies the changes; what is killed while it writes has written half of its text.
 * Prints how many such calls there were.
 */
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { openTransaction } from '../adapters/transaction/transaction';

interface PlainChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

const [folder = '', changesFile = '', deadly = '0'] = process.argv.slice(2);
const changing = ['mkdirSync', 'openSync', 'writeFileSync', 'writeSync', 'renameSync', 'rmSync', 'rmdirSync', 'chmodSync'] as const;
const changes = (JSON.parse(fs.readFileSync(changesFile, 'utf8')) as readonly PlainChange[]).map(({ path, before, after }) => ({
  path,
  before: before === undefined ? undefined : Buffer.from(before),
  after: after === undefined ? undefined : Buffer.from(after),
}));

const patched = createRequire(__filename)('node:fs') as Record<string, (...args: unknown[]) => unknown>;
let calls = 0;
for (const name of changing) {
  const original = patched[name]!;
  patched[name] = (...args) => {
    calls += 1;
    if (calls === Number(deadly)) {
      if (name === 'writeFileSync') original(args[0], Buffer.from(args[1] as string | Buffer).subarray(0, 3));
      process.kill(process.pid, 'SIGKILL');
    }
    return original(...args);
  };
}

const transaction = openTransaction({ workspaceRoot: folder, directory: 'apps/shop' });
transaction.apply(changes);
transaction.close();
process.stdout.write(String(calls));
