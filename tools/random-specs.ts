/**
 * Proves services of random specs, one after the other: parsed, generated with all gates, validated, linted, typed, migrated, tested, called.
 * One line for each seed; for a failure the step, the tail of what it said, and the smallest spec found that fails at the same step.
 *
 *   npm run random-specs -- [--count 40] [--seed 0] [--small] [--postgres] [--no-shrink] [--examples 5]
 *
 * Ends with 1 when a seed failed, with 2 when the proving itself did. A seed gives the same spec on every machine: `--seed N --count 1` runs one again.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomDocument, writeSpec } from '../packages/generator-core/test/random-spec/random-spec';
import { shrinkDocument } from '../packages/generator-core/test/random-spec/shrink-document';
import { proveSpec, type ProofOutcome, type ProofPlace } from './random-specs/prove-spec';
import { runMain, say } from './run-main';
import { requirePostgres, type PostgresServer } from './setup-postgres.mjs';
import { root } from './setup.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '40' },
    seed: { type: 'string', default: '0' },
    examples: { type: 'string', default: '5' },
    small: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
  },
});

/** Trials of smaller specs after a failure; a step that takes long has fewer. */
const mostTrials = { quick: 400, slow: 25 };

async function main(): Promise<number> {
  const postgres = values.postgres ? await requirePostgres() : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'random-specs-'));
  try {
    return await proveAll(folder, postgres);
  } finally {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function proveAll(folder: string, postgres: PostgresServer | undefined): Promise<number> {
  const environments = join(root, '.cache/random-specs');
  mkdirSync(environments, { recursive: true });
  let failed = 0;
  const first = Number(values.seed);
  for (let seed = first; seed < first + Number(values.count); seed += 1) {
    const started = performance.now();
    const place: ProofPlace = {
      folder: join(folder, 'service'),
      environments,
      uv: process.env['UV'] ?? 'uv',
      examples: Number(values.examples),
      ...(postgres && { postgresUrl: await postgres.createDatabase(`random_${seed}`) }),
    };
    const document = randomDocument(seed, values.small ? 'small' : 'any');
    const outcome = proveSpec(writeSpec(document), place);
    const seconds = ((performance.now() - started) / 1000).toFixed(0).padStart(4);
    const size = `${Object.keys(document['entities'] as object).length} entities, ${Object.keys((document['operations'] ?? {}) as object).length} operations`;
    say(`seed ${String(seed).padStart(4)} ${seconds} s  ${outcome.kind === 'passed' ? 'passed' : `FAILED at ${outcome.step}`} (${size})`);
    if (outcome.kind === 'passed') continue;
    failed += 1;
    reportFailure({ document, outcome, place });
  }
  say(`${Number(values.count) - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function reportFailure({
  document,
  outcome,
  place,
}: {
  readonly document: Readonly<Record<string, unknown>>;
  readonly outcome: Extract<ProofOutcome, { readonly kind: 'failed' }>;
  readonly place: ProofPlace;
}): void {
  const tail = outcome.output.trimEnd().split('\n').slice(-40);
  say(tail.map((line) => `    ${line}`).join('\n'));
  if (values['no-shrink']) return;
  const isQuick = outcome.step === 'parse' || outcome.step === 'generate' || outcome.step === 'validate';
  const { smallest, trials } = shrinkDocument(document, {
    mostTrials: isQuick ? mostTrials.quick : mostTrials.slow,
    fails: (candidate) => {
      const again = proveSpec(writeSpec(candidate), place, outcome.step);
      return again.kind === 'failed' && again.step === outcome.step;
    },
  });
  say(`    the smallest spec found in ${trials} trials:\n${indented(writeSpec(smallest))}`);
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    | ${line}`)
    .join('\n');
}

runMain(main);
