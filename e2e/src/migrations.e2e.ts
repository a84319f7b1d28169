import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../tools/setup.mjs';
import { makeMigrationCases, readChanges } from './set-up/migration-cases';
import { usePostgres } from './set-up/postgres';
import { expectSuccess, generate, uvRun } from './set-up/user';

/** Each kind of change of a spec, with rows in the tables: up, down, and up again. The changes are in `fixtures/migrations`. */
describe('migrations carry rows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-migrations-'));
  const program = join(root, 'e2e/fixtures/migrations/carry_rows.py');
  const allRight = readChanges().map(({ change }) => `ok      ${change}`);
  const postgres = usePostgres();
  let cases = '';

  beforeAll(async () => {
    // Any service has what the program imports.
    expectSuccess(await generate('todo', 'todo'));
    cases = makeMigrationCases(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('on SQLite', async () => {
    const databases = join(folder, 'databases');
    mkdirSync(databases);
    await carry(databases);
  });

  test('on PostgreSQL', async ({ skip }) => {
    await carry(await postgres(skip).createDatabase('changes'));
  });

  async function carry(databases: string): Promise<void> {
    const result = await uvRun('todo', ['python', '-B', program, cases, databases]);
    expectSuccess(result);
    expect(result.output.split('\n').filter((line) => line.startsWith('ok '))).toEqual(allRight);
  }
});
