/**
 * Spoils files of the corpus at random and reads them: nothing may crash, hang or overflow.
 *
 *   npx tsx packages/validator/corpus/fuzz-files.ts [--count 100000] [--seed 1]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readProjectFiles } from '../src/index';
import { CORPUS_FOLDER, fetchPackages, readPackages } from './fetch-packages';
import { fuzzTexts } from './fuzz-texts';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } } });
  const { folders } = fetchPackages(readPackages().filter(({ quick }) => quick));
  const texts = [...folders.values()].flatMap((folder) =>
    [...readProjectFiles(folder).files].filter(([path]) => path.endsWith('.py')).map(([, text]) => text),
  );
  let read = 0;
  const { failures, slowest } = await fuzzTexts({
    texts,
    count: Number(values.count),
    seed: Number(values.seed),
    onText: (text) => {
      writeFileSync(join(CORPUS_FOLDER, 'fuzz-last.json'), JSON.stringify(text));
      read += 1;
      if (read % 1_000 === 0) process.stderr.write(`${read} texts read\n`);
    },
  });
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  process.stdout.write(`${values.count} texts, ${failures.length} failures, slowest ${slowest} ms\n`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

void main();
