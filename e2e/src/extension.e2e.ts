import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../tools/setup.mjs';
import { expectSuccess, generate, nx, pathOf, read, readTree, uvRun, write } from './set-up/user';

/** A table, a dependency and routes that the spec knows nothing of, in the place that the service has for them. */
describe('hand-written code in app/extensions', () => {
  const project = 'todo';
  const service = `apps/${project}`;

  beforeAll(async () => {
    expectSuccess(await generate(project, 'todo'));
    cpSync(join(root, 'e2e/fixtures/extension'), pathOf(service), { recursive: true });
  });

  test('its table gets a migration, and models and migrations agree', async () => {
    for (const command of [['upgrade', 'head'], ['revision', '--autogenerate', '-m', 'notes'], ['upgrade', 'head'], ['check']])
      expectSuccess(await uvRun(project, ['alembic', ...command]));
  });

  test('it stays as it is when the service is generated anew', async () => {
    const before = readTree(service);
    const written = (path: string): boolean => /^app\/extensions\/|^tests\/test_notes|^alembic\/versions\//.test(path);
    write(`${service}/service.yaml`, `${read(`${service}/service.yaml`)}\nversion: "2.0.0"\n`);
    expectSuccess(await nx('g', '@org/fastapi:project', service));
    const after = readTree(service);
    const kept = Object.keys(before).filter(written);
    expect(kept.length).toBe(5);
    expect(kept.filter((path) => after[path] !== before[path])).toEqual([]);
    expect(read(`${service}/app/main.py`)).toContain('version="2.0.0"');
  });

  test('it is described, tested, typed, linted and validated with the rest', async () => {
    expect(read(`${service}/openapi.json`)).toContain('"/api/v1/notes/motto"');
    expectSuccess(await nx('run-many', '-t', 'test', 'typecheck', 'lint', 'validate', '-p', project));
  });

  test('openapi.json of another API fails the tests, and the target writes it anew', async () => {
    write(`${service}/openapi.json`, '{}\n');
    const stale = await uvRun(project, ['pytest', '-q', 'tests/test_contract.py']);
    expect(stale.status).not.toBe(0);
    expect(stale.output).toContain('openapi.json is of another API: `uv run python -m app.export_openapi` writes it');
    expectSuccess(await nx('run', `${project}:openapi`));
    expectSuccess(await uvRun(project, ['pytest', '-q', 'tests/test_contract.py']));
  });

  test('an import against the layers fails the target lint by name', async () => {
    const path = `${service}/app/models/task.py`;
    const text = read(path);
    write(path, text.replace('from app.core.database', 'from app.routers import health as health\nfrom app.core.database'));
    const { status, output } = await uvRun(project, ['lint-imports', '--no-logo']);
    write(path, text);
    expect(status).not.toBe(0);
    expect(output).toContain('app.models.task is not allowed to import app.routers');
  });
});
