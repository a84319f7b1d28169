/**
 * Writes docs/rules from the documentation in the rules themselves, and removes pages of rules that are no more.
 * npx tsx packages/validator/tools/write-rule-docs.ts
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleDocs } from './rule-docs';

const folder = join(__dirname, '..', 'docs', 'rules');
const pages = ruleDocs();
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);
