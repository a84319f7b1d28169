/**
 * Processor time of generated routes of the bookstore (GET, list, create) against hand-written ones with the same SQL, on SQLite. Exit code 1 above 1.10.
 *   npm run bench:service                        30 rounds of 20 requests of each kind, in turns
 *   npm run bench:service -- --rounds 60 --size 40
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { plannedExample } from '../packages/generator-core/src/testing/planned-service';
import { runCommand } from './run-command.mjs';
import { runMain, say } from './run-main';
import { serviceEnvironment } from './service-environment';
import { root } from './setup.mjs';
import { writeFiles } from './write-files';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '30' }, size: { type: 'string', default: '20' } } });

/** What a generated route may cost at most, hand-written being 1. */
const mostRatio = 1.1;

interface Comparison {
  readonly route: string;
  /** How many, of the generated and of the hand-written one. */
  readonly statements: readonly [number, number];
  /** Whether both send the same texts. */
  readonly same: boolean;
  /** Microseconds for a request: medians. */
  readonly generated: number;
  readonly byHand: number;
  /** Median of the ratios of neighbouring blocks. */
  readonly ratio: number;
}

async function main(): Promise<number> {
  const { templateTexts } = plannedExample('bookstore');
  const python = await serviceEnvironment('bookstore', templateTexts.get('pyproject.toml') ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'bench-service-'));
  try {
    writeFiles(folder, templateTexts);
    cpSync(join(root, 'tools/bench_service.py'), join(folder, 'bench_service.py'));
    const environment = { ...process.env, ENVIRONMENT: 'dev', DATABASE_URL: `sqlite+aiosqlite:///${join(folder, 'bench.db')}` };
    const run = async (...words: readonly string[]): Promise<string> => {
      const { status, output, commandLine } = await runCommand(python, words, { folder, environment });
      if (status !== 0) throw new Error(`${commandLine} failed:\n${output}`);
      return output;
    };
    await run('-m', 'alembic', 'upgrade', 'head');
    const output = await run('bench_service.py', options.rounds, options.size);
    return report([...output.matchAll(/^RESULT (.*)$/gm)].map(([, json = '']) => JSON.parse(json) as Comparison));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(comparisons: readonly Comparison[]): number {
  say(['route', 'generated', 'by hand', 'ratio', 'statements'].map((word) => word.padEnd(20)).join(''));
  for (const { route, generated, byHand, ratio, statements, same } of comparisons) {
    const told = same ? `${statements[0]}, the same` : `${statements[0]}, by hand ${statements[1]}: NOT THE SAME`;
    say([route, `${generated.toFixed(0)} µs`, `${byHand.toFixed(0)} µs`, ratio.toFixed(3), told].map((cell) => cell.padEnd(20)).join(''));
  }
  return comparisons.length === 3 && comparisons.every(({ ratio, same }) => same && ratio <= mostRatio) ? 0 : 1;
}

runMain(main);
