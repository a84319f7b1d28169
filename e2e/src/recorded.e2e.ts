import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastLines } from '../../tools/run-command.mjs';
import { root } from '../../tools/setup.mjs';
import { canShutIn } from './set-up/can-shut-in';
import { expectSuccess, nx, pathOf, read, remove, uvRun } from './set-up/user';

const cassettes = join(root, 'e2e/fixtures/cassettes');
/** What had to be repaired after the first run of the project, by the name of the recording. */
const repaired: Readonly<Record<string, readonly string[]>> = {
  'bookstore-1': ['app/core/database.py', 'app/core/logs.py', 'app/schemas/_base.py'],
};
const names = readdirSync(cassettes).flatMap((file) => (file.endsWith('.json') ? [file.replace('.json', '')] : []));

interface RecordedReport {
  readonly artifacts: readonly { readonly path: string; readonly status: string }[];
  readonly trial: { readonly kind: string; readonly passed: number };
  readonly flags: readonly unknown[];
}

/** The first answers of a language model to the prompts of a whole service, replayed: every file under `app/` is the model's. */
describe.skipIf(!canShutIn).each(names)('%s (skipped where bubblewrap is missing)', (name) => {
  const project = `apps/${name}`;
  let report: RecordedReport;

  beforeAll(async () => {
    cpSync(join(root, 'examples/bookstore.yaml'), pathOf('bookstore.yaml'));
    cpSync(join(cassettes, `${name}.json`), pathOf(`${name}.json`));
    const words = ['--spec', 'bookstore.yaml', '--name', name, '--model', `replay:${name}.json`, '--write', 'all'];
    const result = await nx('g', '@org/fastapi:project', project, ...words);
    process.stdout.write(`${lastLines(result.output.slice(result.output.indexOf('was asked for')), 200).split('\nbookstore:')[0]!}\n`);
    expectSuccess(result);
    report = JSON.parse(read(`.fastapi/reports/apps-${name}.json`)) as RecordedReport;
  });
  afterAll(() => [project, '.fastapi'].forEach(remove));

  test('all files are the model’s, few of them repaired, none flagged', () => {
    expect(report.artifacts.length).toBe(52);
    expect(report.flags).toEqual([]);
    expect(report.artifacts.flatMap(({ path, status }) => (status === 'generated' ? [] : [`${path} ${status}`]))).toEqual(
      repaired[name]!.map((path) => `${path} repaired`),
    );
    expect(report.trial).toMatchObject({ kind: 'ran', passed: 588 });
  });

  test('it passes its tests, type check and lint in its own environment, too', async () => {
    expectSuccess(await uvRun(name, ['pytest', '-q']));
    expectSuccess(await uvRun(name, ['mypy']));
    expectSuccess(await uvRun(name, ['ruff', 'check', '.']));
    expectSuccess(await uvRun(name, ['ruff', 'format', '--check', '.']));
    expectSuccess(await nx('run', `${name}:validate`));
  });
});
