import { join } from 'node:path';
import { DIAGNOSTIC_FORMATS } from '@org/validator';
import { expect, test } from 'vitest';
import executorsJson from '../../../executors.json';
import { validateBatch } from './batch-executor';
import { validateExecutor } from './executor';
import schema from './schema.json';

/** What Nx gets for `./dist/FILE#NAME`, from the source of it. */
async function load(reference: string): Promise<unknown> {
  const [file = '', name = ''] = reference.replace('./dist/', '').split('#');
  const loaded = (await import(join(__dirname, '../..', file))) as Record<string, unknown>;
  return loaded[name];
}

test('Nx finds the executor, its batch, which it prefers, and the schema', async () => {
  const { implementation, batchImplementation, preferBatch, schema: schemaFile } = executorsJson.executors.validate;
  expect([await load(implementation), await load(batchImplementation), preferBatch, schemaFile]).toEqual([
    validateExecutor,
    validateBatch,
    true,
    './dist/executors/validate/schema.json',
  ]);
});

test('the schema takes every format there is', () => {
  expect([...schema.properties.format.enum].sort()).toEqual([...DIAGNOSTIC_FORMATS].sort());
});
