import { afterAll, beforeAll, describe, test } from 'vitest';
import { findPostgres, startPostgres, type PostgresServer } from '../../tools/setup-postgres.mjs';
import { converse } from './set-up/conversations';
import { expectSuccess, generate, uvRun } from './set-up/user';

let server: PostgresServer | undefined;
let missing = '';

beforeAll(async () => {
  const postgres = await findPostgres();
  if ('missing' in postgres) missing = postgres.missing;
  else server = await startPostgres(postgres.folder);
  process.stdout.write(server === undefined ? `PostgreSQL: skipped. ${missing}\n` : `PostgreSQL ${server.version}\n`);
});

afterAll(() => server?.stop());

/** Each example works on PostgreSQL as it does on SQLite. */
describe.each(['todo', 'bookstore', 'tracker'] as const)('%s on PostgreSQL', (project) => {
  test('migrations, its own tests, and answers over a socket', { timeout: 600_000 }, async ({ skip }) => {
    if (server === undefined && process.env['CI'] === 'true')
      throw new Error(`With CI=true the PostgreSQL suite may not be skipped. ${missing}`);
    if (server === undefined) return skip(missing);
    expectSuccess(await generate(project, project));
    const database = { DATABASE_URL: await server.createDatabase(project) };
    for (const command of [['upgrade', 'head'], ['check'], ['downgrade', 'base']])
      expectSuccess(await uvRun(project, ['alembic', ...command], database));
    expectSuccess(await uvRun(project, ['pytest', '-q'], { TEST_DATABASE_URL: await server.createDatabase(`${project}_test`) }));
    await converse(project, database);
  });
});
