import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPostgres, startPostgres, type PostgresServer } from '../../tools/setup-postgres.mjs';
import { root } from '../../tools/setup.mjs';
import { makeMigrationCases, readChanges } from './set-up/migration-cases';
import { expectSuccess, generate, uvRun } from './set-up/user';

/** Each kind of change of a spec, with rows in the tables: up, down, and up again. The changes are in `fixtures/migrations`. */
describe('migrations carry rows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-migrations-'));
  const program = join(root, 'e2e/fixtures/migrations/carry_rows.py');
  const allRight = readChanges().map(({ change }) => `ok      ${change}`);
  let server: PostgresServer | undefined;
  let missing = '';
  let cases = '';

  beforeAll(async () => {
    // Any service has what the program imports.
    expectSuccess(await generate('todo', 'todo'));
    cases = makeMigrationCases(folder);
    const postgres = await findPostgres();
    if ('missing' in postgres) missing = postgres.missing;
    else server = await startPostgres(postgres.folder);
  });

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('on SQLite', async () => {
    const databases = join(folder, 'databases');
    mkdirSync(databases);
    await carry(databases);
  });

  test('on PostgreSQL', async ({ skip }) => {
    if (server === undefined && process.env['CI'] === 'true')
      throw new Error(`With CI=true the PostgreSQL suite may not be skipped. ${missing}`);
    if (server === undefined) return skip(missing);
    await carry(await server.createDatabase('changes'));
  });

  async function carry(databases: string): Promise<void> {
    const result = await uvRun('todo', ['python', '-B', program, cases, databases]);
    expectSuccess(result);
    expect(result.output.split('\n').filter((line) => line.startsWith('ok '))).toEqual(allRight);
  }
});
