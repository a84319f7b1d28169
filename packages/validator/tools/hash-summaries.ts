/**
 * Prints one line for each Python file: a hash of everything `extractSummary` says about it. Two runs that print the same say the same.
 * npx tsx packages/validator/tools/hash-summaries.ts [FOLDER...] [--python=3.12] [--broken]      without a folder: the standard library with its tests
 * `--broken` also damages each text in a way that depends on nothing but the text, to compare what is said about faults.
 */
import { createHash } from 'node:crypto';
import { extractSummary } from '../src/extract/extract-summary';
import { parsePythonVersion } from '../src/python/python-version';
import { canonicalJson } from './canonical-json';
import { damage } from './damage-text';
import { readCorpus, standardLibrary } from './python-corpus';

async function main(words: readonly string[]): Promise<void> {
  const folders = words.filter((word) => !word.startsWith('--'));
  const version = parsePythonVersion(words.find((word) => word.startsWith('--python='))?.slice(9) ?? '3.12')!;
  const areBroken = words.includes('--broken');
  let count = 0;
  const files =
    folders.length === 0 ? readCorpus(standardLibrary(), new Set(['site-packages'])) : folders.flatMap((folder) => readCorpus(folder));
  for (const { path, text } of files) {
    const given = areBroken ? damage(text) : text;
    const hash = createHash('sha256')
      .update(canonicalJson(extractSummary(given, version)))
      .digest('hex');
    process.stdout.write(`${hash} ${path}\n`);
    count += 1;
    // The native trees are freed only when the event loop turns.
    if (count % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

void main(process.argv.slice(2));
