/**
 * Tries the planted faults of packages/generator-core/test/planted-faults with the gates off and on, and prints what reaches the disk.
 *   npm run planted-faults                        what can be told by reading
 *   npm run planted-faults -- --python PYTHON     and by the service's own tests, run by a Python that has its packages (10 s a case on a quiet machine)
 *   npm run planted-faults -- --cases             each case by itself
 *   npm run planted-faults -- --only missing      cases whose name or kind holds a text
 */
import { FaultTrials, type GatedOutcome, type UngatedOutcome } from '../packages/generator-core/test/planted-fault-trial';
import { readPlantedFaults, type PlantedFault } from '../packages/generator-core/test/read-planted-faults';
import { plannedExample } from '../packages/generator-core/src/testing/planned-service';
import { say } from './run-main';
import { openServiceTests, type ServiceTests, type TestVerdict } from './service-tests';

interface Row {
  readonly fault: PlantedFault;
  readonly off: UngatedOutcome;
  readonly on: GatedOutcome;
  /** Undefined when nobody asked for them, or the code would do what it says. */
  readonly testsOff: TestVerdict | undefined;
  readonly testsOn: TestVerdict | undefined;
}

/** What these answers do to a machine, they would do here, too. */
const NOT_RUN = new Set(['prompt injection', 'path escape']);

async function main(): Promise<void> {
  const position = process.argv.indexOf('--python');
  const service = plannedExample('bookstore');
  const tests = position === -1 ? undefined : openServiceTests(process.argv[position + 1] ?? '', service.templateTexts);
  const trials = new FaultTrials(service);
  const rows: Row[] = [];
  for (const fault of chosenFaults()) rows.push(await tryFault(fault, trials, tests));
  tests?.close();
  if (process.argv.includes('--cases')) printCases(rows);
  printKinds(rows, tests !== undefined);
  printTotals(rows, tests !== undefined);
}

function chosenFaults(): readonly PlantedFault[] {
  const position = process.argv.indexOf('--only');
  const wanted = position === -1 ? '' : (process.argv[position + 1] ?? '');
  return readPlantedFaults().filter(({ name, kind }) => name.includes(wanted) || kind.includes(wanted));
}

async function tryFault(fault: PlantedFault, trials: FaultTrials, tests: ServiceTests | undefined): Promise<Row> {
  const off = trials.tryWithoutGates(fault);
  const on = await trials.tryWithGates(fault);
  const isRun = tests !== undefined && !NOT_RUN.has(fault.kind);
  const testsOff = isRun ? tests.run(fault.artifact, off.text) : undefined;
  return { fault, off, on, testsOff, testsOn: tests?.run(fault.artifact, on.text) };
}

function isSeen({ breakage }: UngatedOutcome | GatedOutcome): boolean {
  return breakage.rules.length + breakage.gates.length > 0;
}

const isBrokenOff = ({ off, testsOff }: Row): boolean => isSeen(off) || testsOff?.kind === 'failed';
const isBrokenOn = ({ on, testsOn }: Row): boolean => isSeen(on) || testsOn?.kind === 'failed';
const importFailsOff = ({ off, testsOff }: Row): boolean => off.breakage.isImportRelated || isImportFailure(testsOff);
const importFailsOn = ({ on, testsOn }: Row): boolean => on.breakage.isImportRelated || isImportFailure(testsOn);

function isImportFailure(verdict: TestVerdict | undefined): boolean {
  return verdict?.kind === 'failed' && verdict.isImportFailure;
}

function countOf(rows: readonly Row[], isCounted: (row: Row) => boolean): number {
  return rows.filter(isCounted).length;
}

function printKinds(rows: readonly Row[], hasTests: boolean): void {
  const head = ['kind', 'cases', 'off: broken', 'on: broken', 'given up', 'mended', 'accepted', 'calls', 'what stands first'];
  const kinds = [...new Set(rows.map(({ fault }) => fault.kind))].sort();
  const lines = kinds.map((kind) => {
    const own = rows.filter(({ fault }) => fault.kind === kind);
    const ends = (end: PlantedFault['ends']): string => String(countOf(own, ({ fault }) => fault.ends === end));
    const calls = [...new Set(own.map(({ on }) => on.calls))].sort().join(', ');
    const first = own.map(({ on }) => on.firstWords).find((words) => words !== '') ?? '';
    const counts = [own.length, countOf(own, isBrokenOff), countOf(own, isBrokenOn)].map(String);
    return [kind, ...counts, ends('given-up'), ends('mended'), ends('left-to-the-tests'), calls, shorten(first, 90)];
  });
  printTable([head, ...lines]);
  if (!hasTests) say('"broken" is what reading tells; --python PYTHON also runs the service\'s tests.');
}

function printCases(rows: readonly Row[]): void {
  const told = (verdict: TestVerdict | undefined): string => (verdict === undefined ? '-' : verdict.kind);
  const seen = ({ breakage: { rules, gates } }: UngatedOutcome): string => [...rules, ...gates].join(' ') || '-';
  const lines = rows.map((row) => [
    row.fault.name,
    seen(row.off),
    told(row.testsOff),
    row.on.ends,
    told(row.testsOn),
    String(row.on.calls),
  ]);
  printTable([['case', 'off: seen by reading', 'off: tests', 'on', 'on: tests', 'calls'], ...lines]);
}

function printTotals(rows: readonly Row[], hasTests: boolean): void {
  const [off, on] = [countOf(rows, isBrokenOff), countOf(rows, isBrokenOn)];
  const [importsOff, importsOn] = [countOf(rows, importFailsOff), countOf(rows, importFailsOn)];
  say(`${rows.length} cases. Broken on disk: ${off} with gates off, ${on} with gates on (${reduction(off, on)}).`);
  say(`Failing because of imports: ${importsOff} with gates off, ${importsOn} with gates on (${reduction(importsOff, importsOn)}).`);
  const left = rows.filter(({ fault }) => fault.ends === 'left-to-the-tests');
  const names = left.map(({ fault, testsOff }) => `${fault.name}${testsOff === undefined ? '' : ` (tests: ${testsOff.kind})`}`);
  say(`Left to the tests, for reading cannot know it: ${names.join(', ')}.`);
  if (hasTests) sayWhatTestsAdd(rows);
}

/** The tests know nothing of our gates: how often do both say the same of what tools without gates write? */
function sayWhatTestsAdd(rows: readonly Row[]): void {
  const run = rows.filter(({ testsOff }) => testsOff !== undefined);
  const both = countOf(run, (row) => isSeen(row.off) && row.testsOff?.kind === 'failed');
  const onlyReading = run.filter((row) => isSeen(row.off) && row.testsOff?.kind === 'passed').map(({ fault }) => fault.name);
  say(`Of ${run.length} texts written without gates and run: ${both} are refused by reading and fail the tests.`);
  say(`Refused by reading, while all tests pass: ${onlyReading.join(', ') || 'none'}.`);
}

function reduction(off: number, on: number): string {
  return off === 0 ? 'nothing to reduce' : `${Math.round(((off - on) / off) * 1000) / 10} % fewer`;
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_head, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) say(row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '));
  say('');
}

function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

void main();
