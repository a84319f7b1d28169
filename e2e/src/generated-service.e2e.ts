import { beforeAll, describe, test } from 'vitest';
import { converse } from './set-up/conversations';
import { expectSuccess, generate, nx, uvRun } from './set-up/user';

const migrations = [
  { about: 'the migrations make the schema', command: ['alembic', 'upgrade', 'head'] },
  { about: 'models and migrations agree', command: ['alembic', 'check'] },
  { about: 'the migrations can be taken back', command: ['alembic', 'downgrade', 'base'] },
];

/** What Python's own tools say of a service; its tests take the migrations up and down with rows in the tables. */
const proofs = [
  { about: 'its own tests pass', command: ['pytest', '-q'] },
  { about: 'mypy --strict finds nothing', command: ['mypy', '--strict', 'app', 'tests'] },
  { about: 'ruff check finds nothing', command: ['ruff', 'check', '.'] },
  { about: 'ruff format would change nothing', command: ['ruff', 'format', '--check', '.'] },
];

/** Each example makes a service that works, judged by Python's own tools and over a real socket; on SQLite. */
describe.each([
  { project: 'todo', targets: ['install', 'migrate', 'test', 'typecheck', 'lint'] },
  { project: 'bookstore', targets: ['install', 'migrate', 'lint'] },
  { project: 'tracker', targets: ['migrate'] },
] as const)('$project on SQLite', ({ project, targets }) => {
  beforeAll(async () => expectSuccess(await generate(project, project)));

  // What targets run is not run a second time by hand.
  test.each(targets.some((target) => target === 'test') ? migrations : [...migrations, ...proofs])('$about', async ({ command }) => {
    expectSuccess(await uvRun(project, command));
  });

  test('validate finds nothing', async () => {
    expectSuccess(await nx('run', `${project}:validate`));
  });

  test.each(targets)('the target %s', async (target) => {
    expectSuccess(await nx('run', `${project}:${target}`));
  });

  test('the service answers over a socket', async () => {
    await converse(project);
  });
});

/** Specs that ask for what the examples do not. */
describe.each([
  { project: 'plain-shop', spec: 'plain' },
  { project: 'club-1', spec: 'club' },
  { project: 'desk', spec: 'desk' },
  { project: 'agency', spec: 'agency' },
  { project: 'feed', spec: 'feed' },
])('$project on SQLite', ({ project, spec }) => {
  beforeAll(async () => expectSuccess(await generate(project, spec)));

  test.each(proofs)('$about', async ({ command }) => {
    expectSuccess(await uvRun(project, command));
  });

  test('validate finds nothing', async () => {
    expectSuccess(await nx('run', `${project}:validate`));
  });
});
