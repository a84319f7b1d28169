/**
 * Resolves schemathesis anew and writes tools/fuzz/requirements.txt.
 * npx tsx --tsconfig tools/tsconfig.json tools/fuzz/resolve.ts
 */
import { writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { provideUv } from '../service-environment';
import { requirementsFile } from './fuzz-environment';

const options = ['--universal', '--generate-hashes', '--python-version', '3.11', '--no-emit-index-url', '--no-header', '--quiet'];

async function main(): Promise<void> {
  const uv = await provideUv();
  const compiled = execFileSync(uv, ['pip', 'compile', ...options, '--annotation-style', 'line', '-'], {
    input: 'schemathesis\n',
    encoding: 'utf8',
  });
  const head = '# Made by tools/fuzz/resolve.ts: schemathesis and what it needs, with the hashes of all files.';
  writeFileSync(requirementsFile, `${head}\n${compiled}`);
}

void main();
