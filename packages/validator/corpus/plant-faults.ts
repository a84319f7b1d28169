/**
 * Plants faults into the corpus's applications and writes RESULTS.md.
 *
 *   npx tsx packages/validator/corpus/plant-faults.ts [--count 5000] [--seed 1] [NAME…]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchPackages, readPackages } from './fetch-packages';
import { FAULT_KINDS, type FaultKind } from './plant-fault';
import { runPlantedFaults, type KindResult } from './run-planted-faults';

const APPLICATIONS = [
  'fastapi-users',
  'lnbits',
  'open-webui',
  'prefect',
  'apache-airflow-core',
  'langflow-base',
  'khoj',
  'starlette-admin',
  'argilla-server',
  'chromadb',
];

function main(): void {
  const { values, positionals } = parseArgs({
    options: { count: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
    allowPositionals: true,
  });
  const names = positionals.length > 0 ? positionals : APPLICATIONS;
  const known = readPackages();
  const packages = names.flatMap((name) => known.filter((pinned) => pinned.name === name));
  const { folders, failures } = fetchPackages(packages);
  for (const failure of failures) process.stdout.write(`left out: ${failure}\n`);
  const runs = new Map<string, ReadonlyMap<FaultKind, KindResult>>();
  for (const [name, folder] of folders) {
    const count = Math.ceil(Number(values.count) / folders.size);
    const results = runPlantedFaults({ folder, count, seed: Number(values.seed) + runs.size });
    process.stdout.write(`${name}: ${[...results.values()].reduce((sum, { planted }) => sum + planted, 0)} faults\n`);
    runs.set(name, results);
    // After each, so that a run that is ended early leaves what it found.
    writeResults(runs, values.seed);
  }
}

function writeResults(runs: ReadonlyMap<string, ReadonlyMap<FaultKind, KindResult>>, seed: string): void {
  const total = new Map(FAULT_KINDS.map((kind) => [kind, addUp([...runs.values()].map((results) => results.get(kind)!))]));
  writeFileSync(join(__dirname, 'RESULTS.md'), formatResults(total, [...runs.keys()], seed));
}

function addUp(results: readonly KindResult[]): KindResult {
  return {
    planted: results.reduce((sum, { planted }) => sum + planted, 0),
    certain: results.reduce((sum, { certain }) => sum + certain, 0),
    possible: results.reduce((sum, { possible }) => sum + possible, 0),
    doubted: results.reduce((sum, { doubted }) => sum + doubted, 0),
    twins: results.reduce((sum, { twins }) => sum + twins, 0),
    falseAlarms: results.flatMap(({ falseAlarms }) => falseAlarms),
    misses: results.flatMap(({ misses }) => misses),
  };
}

function formatResults(total: ReadonlyMap<FaultKind, KindResult>, names: readonly string[], seed: string): string {
  const rows = [...total].map(
    ([kind, { planted, certain, possible, doubted, twins, falseAlarms }]) =>
      `| ${kind} | ${planted} | ${certain} | ${possible} | ${doubted} | ${planted - certain - possible - doubted} | ${planted === 0 ? '' : `${((100 * (certain + possible)) / planted).toFixed(1)} %`} | ${twins} | ${falseAlarms.length} |`,
  );
  const list = (lines: readonly string[]): string => (lines.length === 0 ? 'None.\n' : lines.map((line) => `- ${line}\n`).join(''));
  return `# Planted faults

Written by \`plant-faults.ts\`; planted into ${names.join(', ')}, from seed ${seed} on.

| kind | planted | certain | possible, as the rule promises | possible only | nothing | recall | twins | false alarms |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

## Not found, or possible only

${list([...total.values()].flatMap(({ misses }) => misses))}
## Twins with a certain finding

${list([...total.values()].flatMap(({ falseAlarms }) => falseAlarms))}`;
}

main();
