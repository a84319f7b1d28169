import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fuzzTexts } from '../corpus/fuzz-texts';
import { readSuite } from './read-suite';

/** The suites have every construct of the language; the command in `corpus` takes real files. */
test('spoiled and hostile texts are read without a crash, a hang or an overflow', { timeout: 300_000 }, async () => {
  const folder = join(__dirname, '..', 'suites');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
  const texts = files.flatMap((path) =>
    readSuite(readFileSync(join(folder, path), 'utf8')).flatMap((suite) =>
      [...suite.files].filter(([name]) => name.endsWith('.py')).map(([, text]) => text),
    ),
  );
  const { failures } = await fuzzTexts({ texts, count: 1_500, seed: 3 });
  expect(failures.join('\n')).toBe('');
});
