/**
 * Writes packages/generator-core/schema/service-spec.schema.json, what editors check a spec with.
 * npx tsx tools/write-json-schema.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serviceSpecJsonSchema } from '../packages/generator-core/src/spec/service-spec-json-schema';

const file = join(__dirname, '../packages/generator-core/schema/service-spec.schema.json');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, serviceSpecJsonSchema());
process.stdout.write(`${file}\n`);
