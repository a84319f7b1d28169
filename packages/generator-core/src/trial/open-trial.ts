import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ConfinementLimits } from '../sandbox/confined-command';
import { findConfinement, type Confinement } from '../sandbox/find-confinement';
import { runConfined } from '../sandbox/run-confined';
import { assertNever } from '../spec/assert-never';
import { readCheck } from './read-check';
import { trialChecks, type TrialCheck, type TrialOpening, type TrialResult, type TrialSelection } from './trial';
import { trialLimits } from './trial-limits';
import { makeUvEnvironment, type UvEnvironment } from './uv-environment';

/** The Python that runs inside, beside `src` and `dist` of this package. */
const helpers = join(__dirname, '..', '..', 'trial');

interface OpenTrialOptions {
  /** Text of the plan's `pyproject.toml`. */
  readonly pyproject: string;
  readonly signal: AbortSignal;
  /** The user's own decision: where nothing can shut the code in, run it all the same. */
  readonly allowUnsandboxed?: boolean;
  readonly confinement?: Confinement;
  readonly limits?: ConfinementLimits;
}

/** Makes ready to run projects: how they are shut in, and an environment with the packages of the plan. What stands in the way is a value, a full disk too. */
export async function openTrial(options: OpenTrialOptions): Promise<TrialOpening> {
  try {
    return await tryToOpen(options);
  } catch (error) {
    return { kind: 'not-run', why: `There is no place to run it in: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

async function tryToOpen(options: OpenTrialOptions): Promise<TrialOpening> {
  const { pyproject, signal, allowUnsandboxed = false, confinement = findConfinement(), limits = trialLimits } = options;
  if (confinement.level === 'none' && !allowUnsandboxed)
    return { kind: 'not-run', why: `${confinement.weakness ?? ''} To run it all the same, with all your rights: --allow-unsandboxed.` };
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'fastapi-trial-')));
  const close = () => rmSync(root, { recursive: true, force: true });
  const outcome = await makeUvEnvironment(join(root, 'environment'), pyproject, signal);
  if (outcome.kind === 'failed') {
    close();
    return { kind: 'not-run', why: `There is no environment to run it in: ${outcome.why}` };
  }
  const bench: Bench = { root, confinement, environment: outcome.environment, limits, signal, runs: 0 };
  return {
    kind: 'ready',
    trial: {
      level: confinement.level,
      weakness: confinement.weakness,
      run: (texts, selection) => runTrial(bench, texts, selection),
      close,
    },
  };
}

interface Bench {
  readonly root: string;
  readonly confinement: Confinement;
  readonly environment: UvEnvironment;
  readonly limits: ConfinementLimits;
  readonly signal: AbortSignal;
  runs: number;
}

async function runTrial(
  bench: Bench,
  texts: ReadonlyMap<string, string>,
  selection: TrialSelection = { checks: trialChecks },
): Promise<TrialResult> {
  const wanted = trialChecks.filter((each) => selection.checks.includes(each));
  const tests = selection.tests ?? [];
  const [running, reading] = await Promise.all([
    runLoading(bench, { wanted: wanted.filter((check) => !isReading(check)), texts, tests }),
    Promise.all(wanted.filter(isReading).map((check) => runCheck(bench, { check, texts, tests }))),
  ]);
  return { failures: sorted([...running, ...reading].flatMap((result) => result.failures)), passed: running.at(-1)?.passed ?? 0 };
}

/** mypy and ruff read the project and run nothing of it. */
function isReading(check: TrialCheck): boolean {
  return check === 'types' || check === 'lint';
}

interface Loading extends Omit<CheckOptions, 'check'> {
  readonly wanted: readonly TrialCheck[];
}

/** The checks that load the project, one after the other: when modules cannot be loaded, all others would fail of it. */
async function runLoading(bench: Bench, { wanted, texts, tests }: Loading): Promise<readonly TrialResult[]> {
  const results: TrialResult[] = [];
  for (const check of wanted) {
    const result = await runCheck(bench, { check, texts, tests });
    results.push(result);
    if (check === 'imports' && result.failures.length > 0) break;
  }
  return results;
}

function sorted(failures: TrialResult['failures']): TrialResult['failures'] {
  const rank = ({ check }: TrialResult['failures'][number]) => trialChecks.indexOf(check);
  return [...failures].sort((left, right) => rank(left) - rank(right) || (left.name < right.name ? -1 : 1));
}

interface CheckOptions {
  readonly check: TrialCheck;
  readonly texts: ReadonlyMap<string, string>;
  readonly tests: readonly string[];
}

/** Each check gets a copy of the project, so that nothing it leaves behind is there for the next. mypy runs no code: its cache may stay. */
async function runCheck(bench: Bench, { check, texts, tests }: CheckOptions): Promise<TrialResult> {
  const folder = join(bench.root, check === 'types' ? 'types' : `${check}-${(bench.runs += 1)}`);
  stage(folder, texts);
  const mark = `${randomBytes(16).toString('hex')} `;
  const run = await runConfined(
    {
      program: check === 'migrations' ? '/bin/sh' : bench.environment.python,
      arguments: wordsOf(check, { mark, texts, tests, python: bench.environment.python }),
      folder,
      readable: [...bench.environment.readable, helpers],
      environment: {
        PATH: `${dirname(bench.environment.python)}:/usr/bin:/bin`,
        HOME: '/tmp',
        LANG: 'C.UTF-8',
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONPATH: helpers,
        ...(check === 'tests' ? { FASTAPI_TRIAL_MARK: mark } : {}),
      },
      limits: bench.limits,
    },
    { confinement: bench.confinement, signal: bench.signal },
  );
  if (check !== 'types') rmSync(folder, { recursive: true, force: true });
  return readCheck({ check, run, folder, mark });
}

function stage(folder: string, texts: ReadonlyMap<string, string>): void {
  for (const [path, text] of texts) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

interface WordsSource extends Pick<CheckOptions, 'texts' | 'tests'> {
  readonly mark: string;
  readonly python: string;
}

function wordsOf(check: TrialCheck, { mark, texts, tests, python }: WordsSource): readonly string[] {
  switch (check) {
    case 'imports':
      return [join(helpers, 'import_modules.py'), mark, ...modulesOf(texts)];
    case 'lint':
      return ['-m', 'ruff', 'check', '--no-cache', '--output-format', 'json', '.'];
    case 'types':
      return ['-m', 'mypy', '--output', 'json', '--no-error-summary'];
    case 'migrations':
      return ['-c', `${python} -m alembic upgrade head && ${python} -m alembic check`];
    case 'tests':
      return ['-m', 'pytest', '-q', '--tb=short', '-p', 'no:cacheprovider', '-p', 'report_tests', ...tests];
    default:
      return assertNever(check);
  }
}

/** `app/core/config.py` → `app.core.config`; packages' own files come first, as Python loads them. */
function modulesOf(texts: ReadonlyMap<string, string>): readonly string[] {
  return [...texts.keys()]
    .filter((path) => path.startsWith('app/') && path.endsWith('.py'))
    .map((path) => path.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.'))
    .sort();
}
