/**
 * Times each stage from text to summary: CPU time of this process, median of the rounds.
 * node --expose-gc --import tsx packages/validator/tools/bench-extract.ts [FOLDER] [--rounds=5]      without a folder: the standard library without its tests
 * Stages run over batches of a few files, so that the clock is read seldom and the trees stay in the processor caches; the young generation is collected between stages, so that each pays for its own garbage.
 */
import { collectFacts } from '../src/extract/collect-facts';
import { findAttributeUses } from '../src/extract/find-attribute-uses';
import { findCallables } from '../src/extract/find-callables';
import { findCalls } from '../src/extract/find-calls';
import { findCompileFaults } from '../src/extract/find-compile-faults';
import { findDeclarationFaults } from '../src/extract/find-declaration-faults';
import { findNameFaults } from '../src/extract/find-name-faults';
import { listLoadSteps } from '../src/extract/list-load-steps';
import { listSymbols } from '../src/extract/list-symbols';
import { mergeSyntaxFaults } from '../src/extract/merge-syntax-faults';
import { readDunderAll } from '../src/extract/read-dunder-all';
import { collectServiceFacts } from '../src/extract/service/collect-service-facts';
import { findGrammarFaults } from '../src/parse/find-grammar-faults';
import { parsePython } from '../src/parse/parse-python';
import { scanLayout } from '../src/scan/scan-layout';
import { NO_TESTS, readCorpus, standardLibrary, type CorpusFile } from './python-corpus';

const VERSION = { major: 3, minor: 12 };
const BATCH = 8;

/** What reading the clock and collecting cost by themselves; taken off each stage. */
const NOTHING = 'nothing';

/** CPU milliseconds by stage. */
type Times = Map<string, number>;

async function main(words: readonly string[]): Promise<void> {
  const folder = words.find((word) => !word.startsWith('--'));
  const rounds = Number(words.find((word) => word.startsWith('--rounds='))?.slice(9) ?? 5);
  const files = folder === undefined ? readCorpus(standardLibrary(), NO_TESTS) : readCorpus(folder);
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  process.stdout.write(`${files.length} files, ${(size / 1e6).toFixed(2)} million characters, ${rounds} rounds\n`);
  await runRound(files);
  const results: Times[] = [];
  for (let round = 0; round < rounds; round += 1) results.push(await runRound(files));
  print(results, size);
}

async function runRound(files: readonly CorpusFile[]): Promise<Times> {
  const times: Times = new Map();
  for (let from = 0; from < files.length; from += BATCH) {
    runBatch(files.slice(from, from + BATCH), times);
    // The native trees are freed only when the event loop turns.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return times;
}

function runBatch(files: readonly CorpusFile[], times: Times): void {
  const stage = <Item, Result>(name: string, items: readonly Item[], run: (item: Item) => Result): readonly Result[] => {
    globalThis.gc?.({ type: 'minor', execution: 'sync' });
    const start = process.cpuUsage();
    const results = items.map(run);
    globalThis.gc?.({ type: 'minor', execution: 'sync' });
    const { user, system } = process.cpuUsage(start);
    times.set(name, (times.get(name) ?? 0) + (user + system) / 1000);
    return results;
  };
  stage(NOTHING, files, () => undefined);
  const layouts = stage('scanLayout', files, ({ text }) => scanLayout(text));
  const trees = stage('parsePython', files, ({ text }) => ({ text, root: parsePython(text) }));
  const grammar = stage('findGrammarFaults', trees, ({ text, root }) => findGrammarFaults(root, text));
  stage('mergeSyntaxFaults', layouts, (layout) => mergeSyntaxFaults(layout, grammar[layouts.indexOf(layout)]!));
  const all = stage('collectFacts', trees, ({ text, root }) => ({ root, facts: collectFacts(root, text, VERSION) }));
  const uses = stage('findAttributeUses', all, ({ facts }) => ({ facts, uses: findAttributeUses(facts) }));
  stage('findCompileFaults', all, ({ root, facts }) => findCompileFaults(root, facts));
  stage('findDeclarationFaults', all, ({ facts }) => findDeclarationFaults(facts));
  stage('listSymbols', all, ({ facts }) => listSymbols(facts));
  stage('readDunderAll', all, ({ root, facts }) => readDunderAll(root, facts));
  stage('findNameFaults', all, ({ facts }) => findNameFaults(facts));
  stage('findCallables', all, ({ facts }) => findCallables(facts));
  stage('findCalls', all, ({ facts }) => findCalls(facts));
  stage('listLoadSteps', uses, ({ facts, uses }) => listLoadSteps(facts, uses));
  stage('collectServiceFacts', all, ({ root, facts }) => collectServiceFacts(root, facts));
}

function print(results: readonly Times[], size: number): void {
  const names = [...results[0]!.keys()].filter((name) => name !== NOTHING);
  const medians = names.map((name) => [name, median(results.map((times) => times.get(name)! - times.get(NOTHING)!))] as const);
  const parse = medians.find(([name]) => name === 'parsePython')![1];
  const extraction = medians.filter(([name]) => name !== 'parsePython').reduce((sum, [, time]) => sum + time, 0);
  for (const [name, time] of [...medians, ['all but parsePython', extraction] as const]) {
    const speed = size / 1e6 / (time / 1000);
    process.stdout.write(
      `${name.padEnd(24)} ${time.toFixed(0).padStart(6)} ms ${speed.toFixed(1).padStart(8)} MB/s ${(time / parse).toFixed(2)} of parse\n`,
    );
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1]!;
}

void main(process.argv.slice(2));
