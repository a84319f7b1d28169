import { describe, test } from 'vitest';
import { converse } from './set-up/conversations';
import { usePostgres } from './set-up/postgres';
import { expectSuccess, generate, uvRun } from './set-up/user';

const postgres = usePostgres();

/** Each example works on PostgreSQL as it does on SQLite. */
describe.each(['todo', 'bookstore', 'tracker'] as const)('%s on PostgreSQL', (project) => {
  test('migrations, its own tests, and answers over a socket', { timeout: 600_000 }, async ({ skip }) => {
    const server = postgres(skip);
    expectSuccess(await generate(project, project));
    const database = { DATABASE_URL: await server.createDatabase(project) };
    for (const command of [['upgrade', 'head'], ['check'], ['downgrade', 'base']])
      expectSuccess(await uvRun(project, ['alembic', ...command], database));
    expectSuccess(await uvRun(project, ['pytest', '-q'], { TEST_DATABASE_URL: await server.createDatabase(`${project}_test`) }));
    await converse(project, database);
  });
});
