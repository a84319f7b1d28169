/**
 * Proves services of random specs, one after the other: parsed, generated with all gates, validated, linted, typed, migrated, tested, called.
 * One line for each seed; for a failure the step, the tail of what it said, and the smallest spec found that fails at the same step.
 *
 *   npm run random-specs -- [--count 40] [--seed 0] [--small] [--postgres] [--no-shrink] [--examples 5]
 *
 * Ends with 1 when a seed failed. A seed gives the same spec on every machine: `--seed N --count 1` runs one again.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomDocument, writeSpec } from '../packages/generator-core/test/random-spec/random-spec';
import { shrinkDocument } from '../packages/generator-core/test/random-spec/shrink-document';
import { proveSpec, type ProofOutcome, type ProofPlace } from './random-specs/prove-spec';

const root = join(__dirname, '..');
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

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'random-specs-'));
  const postgres = values.postgres ? await openPostgres() : undefined;
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
    process.stdout.write(
      `seed ${String(seed).padStart(4)} ${seconds} s  ${outcome.kind === 'passed' ? 'passed' : `FAILED at ${outcome.step}`} (${size})\n`,
    );
    if (outcome.kind === 'passed') continue;
    failed += 1;
    reportFailure({ document, outcome, place });
  }
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(`${Number(values.count) - failed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function openPostgres() {
  const { findPostgres, startPostgres } = await import('./setup-postgres.mjs');
  const found = await findPostgres();
  if ('missing' in found) throw new Error(found.missing);
  return startPostgres(found.folder);
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
  process.stdout.write(`${tail.map((line) => `    ${line}`).join('\n')}\n`);
  if (values['no-shrink']) return;
  const isQuick = outcome.step === 'parse' || outcome.step === 'generate' || outcome.step === 'validate';
  const { smallest, trials } = shrinkDocument(document, {
    mostTrials: isQuick ? mostTrials.quick : mostTrials.slow,
    fails: (candidate) => {
      const again = proveSpec(writeSpec(candidate), place, outcome.step);
      return again.kind === 'failed' && again.step === outcome.step;
    },
  });
  process.stdout.write(`    the smallest spec found in ${trials} trials:\n${indented(writeSpec(smallest))}\n`);
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    | ${line}`)
    .join('\n');
}

void main();
