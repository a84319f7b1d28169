/**
 * Measures how large encoded summaries are, and what writing and reading them costs: CPU time, median of the rounds.
 * node --expose-gc --import tsx packages/validator/tools/bench-codec.ts [FOLDER] [--rounds=5]
 */
import { deserialize, serialize } from 'node:v8';
import { decodeSummary } from '../src/extract/decode-summary';
import { encodeSummary } from '../src/extract/encode-summary';
import { extractSummary } from '../src/extract/extract-summary';
import type { ModuleSummary } from '../src/extract/module-summary';
import { NO_TESTS, readCorpus, standardLibrary } from './python-corpus';

const VERSION = { major: 3, minor: 12 };

async function main(words: readonly string[]): Promise<void> {
  const folder = words.find((word) => !word.startsWith('--'));
  const rounds = Number(words.find((word) => word.startsWith('--rounds='))?.slice(9) ?? 5);
  const files = folder === undefined ? readCorpus(standardLibrary(), NO_TESTS) : readCorpus(folder);
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  const summaries: ModuleSummary[] = [];
  for (const { text } of files) {
    summaries.push(extractSummary(text, VERSION));
    if (summaries.length % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const plain = time('v8.serialize', rounds, size, () => summaries.map((summary) => serialize({ ...summary, text: '' })));
  time('v8.deserialize', rounds, size, () => plain.map((bytes) => deserialize(bytes) as unknown));
  const encoded = time('encodeSummary', rounds, size, () => summaries.map(encodeSummary));
  time('decodeSummary', rounds, size, () => encoded.map((bytes, index) => decodeSummary(bytes, files[index]!.text)));
  time('decode and read all', rounds, size, () => encoded.map((bytes, index) => ({ ...decodeSummary(bytes, files[index]!.text) })));
  for (const [name, all] of [
    ['v8.serialize', plain],
    ['encodeSummary', encoded],
  ] as const) {
    const bytes = all.reduce((sum, { length }) => sum + length, 0);
    process.stdout.write(`${name}: ${(bytes / 1e6).toFixed(2)} MB, ${(bytes / size).toFixed(2)} of the source\n`);
  }
}

function time<Result>(name: string, rounds: number, size: number, run: () => Result): Result {
  const times: number[] = [];
  let result = run();
  for (let round = 0; round < rounds; round += 1) {
    globalThis.gc?.();
    const start = process.cpuUsage();
    result = run();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  const median = times.sort((left, right) => left - right)[times.length >> 1]!;
  process.stdout.write(
    `${name.padEnd(20)} ${median.toFixed(0).padStart(6)} ms ${(size / 1000 / median).toFixed(0).padStart(6)} MB/s of source\n`,
  );
  return result;
}

void main(process.argv.slice(2));
