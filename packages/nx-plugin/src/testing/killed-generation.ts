/**
 * Run by a test, in a process of its own: a workspace, and the number of the change of the disk in which the process is killed (0: in
 * none). Runs the target `generate` of its service; prints as its last line how many changes of the disk there were.
 */
import { generateExecutor } from '../executors/generate/executor';
import { counterContext } from './counter-context';
import { killAtChange } from './kill-at-change';

const [root = '', deadly = '0'] = process.argv.slice(2);

async function run(): Promise<void> {
  const countChanges = killAtChange(Number(deadly));
  const { success } = await generateExecutor({ skipInstall: true }, counterContext(root));
  process.exitCode = success ? 0 : 1;
  process.stdout.write(`\n${countChanges()}`);
}

void run();
