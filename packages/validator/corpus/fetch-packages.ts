import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A package of the corpus, as packages.json pins it. */
export interface CorpusPackage {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly kind: 'application' | 'library';
  /** Small enough for every run of the tests. */
  readonly quick: boolean;
  /** Files that are wrong on purpose; a path that ends in `/` is a folder. */
  readonly broken?: readonly { readonly path: string; readonly reason: string }[];
}

export interface FetchOutcome {
  /** Name → folder of the unpacked source. */
  readonly folders: ReadonlyMap<string, string>;
  /** A line for each package that could not be had. */
  readonly failures: readonly string[];
}

/** Outside the repository, so that clones share it. */
export const CORPUS_FOLDER = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'fastapi-validator-corpus');

export function readPackages(): readonly CorpusPackage[] {
  return JSON.parse(readFileSync(join(__dirname, 'packages.json'), 'utf8')).packages;
}

/** Downloads what is not there yet, through pip. */
export function fetchPackages(packages: readonly CorpusPackage[]): FetchOutcome {
  const script = join(__dirname, 'fetch-sdists.py');
  const run = spawnSync('python3', [script, CORPUS_FOLDER, ...packages.map(({ name }) => name)], { encoding: 'utf8' });
  const lines = run.stdout.split('\n').filter((line) => line.startsWith('{'));
  const answers = lines.map((line) => JSON.parse(line) as { readonly name: string; readonly folder?: string; readonly error?: string });
  const failures = answers.filter(({ error }) => error !== undefined).map(({ name, error }) => `${name}: ${error}`);
  return {
    folders: new Map(answers.flatMap(({ name, folder }) => (folder === undefined ? [] : [[name, folder]]))),
    failures: run.status === 0 ? failures : [...failures, run.stderr.trim().split('\n').at(-1) ?? 'python3 did not run'],
  };
}
