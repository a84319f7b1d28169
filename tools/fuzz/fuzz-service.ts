import { randomBytes } from 'node:crypto';
import type { ServiceSpec } from '../../packages/generator-core/src/spec/service-spec';
import { findFreePort, lastLines, runCommand, startService, waitUntil, type Service } from '../run-command.mjs';
import { kindsOfPeople, makePerson, type Person } from './people';

export interface FuzzOptions {
  readonly spec: ServiceSpec;
  /** The service's folder, with its tests: users are made by its factories. */
  readonly folder: string;
  /** A Python that has the service's packages. */
  readonly python: string;
  readonly schemathesis: string;
  readonly databaseUrl: string;
  /** Requests made up for each route in a phase. */
  readonly examples: number;
  readonly phases: readonly string[];
  readonly seed: number;
}

export interface FuzzOutcome {
  /** Whose token the requests carried. */
  readonly person: string;
  readonly isClean: boolean;
  readonly output: string;
  /** What the service itself wrote of errors. */
  readonly log: string;
}

/** Migrates the database, starts the service on a socket and lets schemathesis loose on it, once for each kind of user. */
export async function fuzzService(options: FuzzOptions): Promise<readonly FuzzOutcome[]> {
  const { python, folder, databaseUrl, spec } = options;
  const environment = {
    ...process.env,
    ENVIRONMENT: 'dev',
    SECRET_KEY: randomBytes(32).toString('hex'),
    DATABASE_URL: databaseUrl,
    // A run takes longer than the tokens of people.
    ACCESS_TOKEN_SECONDS: '86400',
    // All requests come from one address, more of them than people make.
    AUTH_REQUESTS_PER_MINUTE: '1000000',
    LOG_IN_FAILURES_PER_MINUTE: '1000000',
  };
  const migrated = await runCommand(python, ['-m', 'alembic', 'upgrade', 'head'], { folder, environment });
  if (migrated.status !== 0) throw new Error(`The migrations fail:\n${migrated.output}`);
  const { service, address } = await serve(python, folder, environment);
  try {
    const outcomes: FuzzOutcome[] = [];
    // Each is made when it is their turn: who comes before may delete whom they find.
    for (const kind of kindsOfPeople(spec)) {
      const person = await makePerson({ spec, python, folder, environment }, kind);
      outcomes.push(await fuzzAs(kind, person, address, service, options));
    }
    return outcomes;
  } finally {
    await service.stop();
  }
}

async function serve(python: string, folder: string, environment: NodeJS.ProcessEnv): Promise<{ service: Service; address: string }> {
  const port = await findFreePort();
  const address = `http://127.0.0.1:${port}`;
  const service = startService(python, ['-m', 'uvicorn', 'app.main:app', '--port', String(port)], { folder, environment });
  const answers = async (): Promise<boolean> => {
    try {
      return (await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false; // nobody listens yet
    }
  };
  if (await waitUntil(async () => !service.isRunning() || (await answers()), { timeout: 60_000 })) {
    if (service.isRunning()) return { service, address };
  }
  const output = service.output();
  await service.stop();
  throw new Error(`The service does not start:\n${lastLines(output, 40)}`);
}

async function fuzzAs(
  kind: string,
  person: Person | undefined,
  address: string,
  service: Service,
  { schemathesis, folder, examples, phases, seed }: FuzzOptions,
): Promise<FuzzOutcome> {
  const before = service.output().length;
  const words = [
    'run',
    `${address}/openapi.json`,
    '--checks=all',
    `--phases=${phases.join(',')}`,
    `--seed=${seed}`,
    '--generation-deterministic',
    `--max-examples=${examples}`,
    '--continue-on-failure',
    '--suppress-health-check=all',
    '--no-color',
    ...(person === undefined ? [] : ['--header', `Authorization: Bearer ${person.token}`]),
  ];
  const environment = { ...process.env, SCHEMATHESIS_HOOKS: 'formats', PYTHONPATH: __dirname, FUZZ_OWN_PATH: person?.path ?? '' };
  const { status, output } = await runCommand(schemathesis, words, { folder, environment, timeout: 3_600_000 });
  const log = service.output().slice(before);
  const errors = log.split('\n').filter((line) => /"level": ?"(?:ERROR|CRITICAL)"|Traceback/i.test(line));
  const lost = (await isKnown(person, address)) ? '' : 'The user of this run is signed in no more, so that it proves little.\n';
  return { person: kind, isClean: status === 0 && lost === '', output: `${output}${lost}`, log: errors.join('\n') };
}

/** Whether the token is still good. */
async function isKnown(person: Person | undefined, address: string): Promise<boolean> {
  if (person === undefined) return true;
  return (await fetch(`${address}/api/v1/auth/me`, { headers: { Authorization: `Bearer ${person.token}` } })).ok;
}
