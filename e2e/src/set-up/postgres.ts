import { afterAll, beforeAll, type TestContext } from 'vitest';
import { findPostgres, startPostgres, type PostgresServer } from '../../../tools/setup-postgres.mjs';

/**
 * A PostgreSQL for the tests around the call, gone after them. What it gives is called in a test: without a PostgreSQL that test is skipped, and says why;
 * with `CI=true` it fails.
 */
export function usePostgres(): (skip: TestContext['skip']) => PostgresServer {
  let server: PostgresServer | undefined;
  let missing = '';

  beforeAll(async () => {
    const postgres = await findPostgres();
    if ('missing' in postgres) missing = postgres.missing;
    else server = await startPostgres(postgres.folder);
    process.stdout.write(server === undefined ? `PostgreSQL: skipped. ${missing}\n` : `PostgreSQL ${server.version}\n`);
  });

  afterAll(() => server?.stop());

  return (skip) => {
    if (server === undefined && process.env['CI'] === 'true')
      throw new Error(`With CI=true the PostgreSQL suite may not be skipped. ${missing}`);
    return server ?? skip(missing);
  };
}
