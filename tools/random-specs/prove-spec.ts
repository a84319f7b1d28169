import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseServiceSpec } from '../../packages/generator-core/src/spec/parse-service-spec';
import { snakeCase } from '../../packages/generator-core/src/spec/naming';
import { generateInMemory } from '../../packages/generator-core/test/random-spec/generate-in-memory';
import { writeFiles } from '../write-files';
import { runStep } from './run-step';
import { sharedEnvironment } from './shared-environment';

/** In the order in which a spec goes through them: the cheap ones first. */
export const proofSteps = [
  'parse',
  'generate',
  'validate',
  'install',
  'ruff check',
  'ruff format',
  'mypy',
  'upgrade',
  'check',
  'downgrade',
  'pytest',
  'pytest on PostgreSQL',
  'schemathesis',
] as const;
export type ProofStep = (typeof proofSteps)[number];

export type ProofOutcome = { readonly kind: 'passed' } | { readonly kind: 'failed'; readonly step: ProofStep; readonly output: string };

export interface ProofPlace {
  /** Where the service is written; emptied first. */
  readonly folder: string;
  /** Where environments are kept. */
  readonly environments: string;
  readonly uv: string;
  readonly postgresUrl?: string;
  /** Generated requests for each operation. */
  readonly examples: number;
}

/** Everything that a generated service must pass; the first step that it does not pass ends it. `only` leaves out what comes between install and that step. */
export function proveSpec(specText: string, place: ProofPlace, only?: ProofStep): ProofOutcome {
  const generated = generateInMemory(specText);
  if (generated.kind === 'failed') return generated;
  const { folder } = place;
  writeService(folder, generated.files);
  const environment = sharedEnvironment(place.environments, generated.files.get('pyproject.toml') ?? '', place.uv);
  if (!('python' in environment)) return environment.kind === 'failed' ? { ...environment, step: 'install' } : environment;
  const database = { DATABASE_URL: `sqlite+aiosqlite:///${join(folder, 'prove.db')}` };
  for (const { step, words, variables = database } of stepsOf(specText, place)) {
    const isAsked = only === undefined || only === step || (step === 'upgrade' && (only === 'check' || only === 'downgrade'));
    if (!isAsked) continue;
    const outcome = runStep({
      command: [environment.python, ...words],
      folder,
      environment: { MYPY_CACHE_DIR: join(dirname(environment.python), '../mypy'), ...variables },
    });
    if (outcome.kind === 'failed') return { ...outcome, step };
  }
  return { kind: 'passed' };
}

interface Step {
  readonly step: ProofStep;
  readonly words: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

function stepsOf(specText: string, { postgresUrl, examples }: ProofPlace): readonly Step[] {
  return [
    { step: 'ruff check', words: ['-m', 'ruff', 'check', '--no-cache', '.'] },
    { step: 'ruff format', words: ['-m', 'ruff', 'format', '--check', '--no-cache', '.'] },
    { step: 'mypy', words: ['-m', 'mypy'] },
    { step: 'upgrade', words: ['-m', 'alembic', 'upgrade', 'head'] },
    { step: 'check', words: ['-m', 'alembic', 'check'] },
    { step: 'downgrade', words: ['-m', 'alembic', 'downgrade', 'base'] },
    { step: 'pytest', words: ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--tb=short'] },
    ...(postgresUrl === undefined
      ? []
      : [
          {
            step: 'pytest on PostgreSQL' as const,
            words: ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--tb=short'],
            variables: { TEST_DATABASE_URL: postgresUrl },
          },
        ]),
    { step: 'schemathesis', words: [join(__dirname, 'smoke.py'), ...smokeWords(specText), String(examples)], variables: {} },
  ];
}

/** Who calls: module and class of the user entity and its greatest role; empty words without sign-in. */
function smokeWords(specText: string): readonly string[] {
  const reading = parseServiceSpec(specText);
  const auth = reading.kind === 'read' ? reading.spec.auth : undefined;
  return auth === undefined ? ['', '', ''] : [snakeCase(auth.user), auth.user, auth.roles.at(-1) ?? ''];
}

function writeService(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  writeFiles(folder, files);
}
