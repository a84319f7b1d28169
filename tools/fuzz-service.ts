/**
 * Schemathesis against the service of a spec: all checks, all phases, a fixed seed, as the mightiest and as the least of its users. Exit code 1 on any failure.
 *   npm run fuzz-service -- examples/bookstore.yaml               on SQLite
 *   npm run fuzz-service -- examples/bookstore.yaml --postgres    on a PostgreSQL of its own
 *   … --examples 20                                               requests made up for each route in a phase (50)
 *   … --phases examples,coverage,fuzzing,stateful                 (all of them)
 *   … --seed 7                                                    (1)
 *   … --keep                                                      leaves the folder of the service
 * Operations are those of e2e/fixtures/<service>, where there are any.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planText } from '../packages/generator-core/src/testing/planned-service';
import { fuzzEnvironment } from './fuzz/fuzz-environment';
import { fuzzService } from './fuzz/fuzz-service';
import { runMain, say } from './run-main';
import { serviceEnvironment } from './service-environment';
import { requirePostgres } from './setup-postgres.mjs';
import { root } from './setup.mjs';
import { writeFiles } from './write-files';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    postgres: { type: 'boolean', default: false },
    examples: { type: 'string', default: '50' },
    phases: { type: 'string', default: 'examples,coverage,fuzzing,stateful' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  const [specFile] = positionals;
  if (specFile === undefined) throw new Error('Usage: npm run fuzz-service -- SPEC [--postgres]');
  const { spec, templateTexts } = planText(readFileSync(specFile, 'utf8'));
  const python = await serviceEnvironment(spec.service, templateTexts.get('pyproject.toml') ?? '');
  const schemathesis = await fuzzEnvironment();
  const server = options.postgres ? await requirePostgres() : undefined;
  const folder = mkdtempSync(join(tmpdir(), `fuzz-${spec.service}-`));
  try {
    writeFiles(folder, templateTexts);
    const operations = join(root, 'e2e/fixtures', spec.service);
    if (existsSync(operations)) cpSync(operations, join(folder, 'app/services'), { recursive: true });
    const databaseUrl = (await server?.createDatabase('fuzz')) ?? `sqlite+aiosqlite:///${join(folder, 'fuzz.db')}`;
    const { examples, phases, seed } = options;
    const outcomes = await fuzzService({
      ...{ spec, folder, python, schemathesis, databaseUrl },
      ...{ examples: Number(examples), phases: phases.split(','), seed: Number(seed) },
    });
    for (const { person, output, log } of outcomes) say(`── ${spec.service} as ${person}\n${output}${log}`);
    return outcomes.every(({ isClean }) => isClean) ? 0 : 1;
  } finally {
    await server?.stop();
    if (options.keep) say(`kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

runMain(main);
