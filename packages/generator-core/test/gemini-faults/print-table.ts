/**
 * Prints what becomes of a service when Gemini does each of the known faults once, and again and again.
 * npm run gemini-faults
 */
import { faults } from './faults';
import { runFault, type FaultOutcome } from './run-fault';

const AGAIN_AND_AGAIN = 1000;

async function printTable(): Promise<void> {
  process.stdout.write('| fault | once | calls, waits | again and again | calls, waits | why |\n| --- | --- | --- | --- | --- | --- |\n');
  for (const { name, reply } of faults) {
    const once = await runFault(reply, 1);
    const always = await runFault(reply, AGAIN_AND_AGAIN);
    const cells = [name, describe(once), effort(once), describe(always), effort(always), always.why.slice(0, 120)];
    process.stdout.write(`| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |\n`);
  }
}

function describe({ status, isRight }: FaultOutcome): string {
  return isRight ? `works (${status})` : `${status}, exit 1`;
}

function effort({ calls, waited }: FaultOutcome): string {
  return waited === 0 ? String(calls) : `${calls}, ${waited} s`;
}

void printTable();
