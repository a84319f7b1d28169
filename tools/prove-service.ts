/**
 * Proves the service of a spec: renders it into a folder, then installs, migrates, tests, types and lints it with its own tools.
 * One line per step; the first failure ends it with the tail of the step's output and exit code 1.
 * npx tsx --tsconfig tools/tsconfig.json tools/prove-service.ts SPEC FOLDER [--postgres URL]      (needs uv: on the PATH or in UV)
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [spec, folder, flag, postgresUrl] = process.argv.slice(2);
if (spec === undefined || folder === undefined || (flag !== undefined && (flag !== '--postgres' || postgresUrl === undefined))) {
  throw new Error('Usage: prove-service.ts SPEC FOLDER [--postgres URL]');
}
const target = resolve(folder);
const uv = process.env['UV'] ?? 'uv';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const inService = (name: string, ...command: readonly string[]): Step => ({
  name,
  command: [uv, 'run', '--frozen', ...command],
  environment: { DATABASE_URL: `sqlite+aiosqlite:///${join(target, 'prove.db')}` },
});

const steps: readonly Step[] = [
  {
    name: 'render',
    command: ['npx', 'tsx', '--tsconfig', 'tools/tsconfig.json', 'tools/render-service.ts', resolve(spec), target],
    cwd: join(__dirname, '..'),
  },
  { name: 'uv sync', command: [uv, 'sync'] },
  inService('ruff check', 'ruff', 'check'),
  inService('ruff format', 'ruff', 'format', '--check'),
  inService('import contracts', 'lint-imports'),
  inService('mypy --strict', 'mypy'),
  inService('openapi.json', 'python', '-m', 'app.export_openapi'),
  inService('alembic upgrade', 'alembic', 'upgrade', 'head'),
  inService('alembic check', 'alembic', 'check'),
  inService('alembic downgrade', 'alembic', 'downgrade', 'base'),
  inService('pytest on SQLite', 'pytest', '-q'),
  ...(postgresUrl === undefined
    ? []
    : [{ ...inService('pytest on PostgreSQL', 'pytest', '-q'), environment: { TEST_DATABASE_URL: postgresUrl } }]),
];

mkdirSync(target, { recursive: true });
for (const step of steps) run(step);

function run({ name, command, environment = {}, cwd = target }: Step): void {
  const started = performance.now();
  const [program = '', ...rest] = command;
  const { status, stdout, stderr, error } = spawnSync(program, rest, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // The service's own environment, whatever one is active here.
    env: { ...process.env, VIRTUAL_ENV: undefined, UV_PROJECT_ENVIRONMENT: join(target, '.venv'), ...environment },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  const failed = error !== undefined || status !== 0;
  const summary = name.startsWith('pytest') && !failed ? ` (${stdout.trim().split('\n').at(-1)})` : '';
  process.stdout.write(`${failed ? 'FAILED' : 'ok    '} ${seconds} s  ${name}${summary}\n`);
  if (!failed) return;
  const output = `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trimEnd().split('\n');
  process.stdout.write(`${output.slice(-60).join('\n')}\n`);
  process.exit(1);
}
