import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Migration {
  readonly version: string;
  readonly description: string;
  readonly implementation: string;
}

const { generators } = JSON.parse(readFileSync(join(__dirname, '../../migrations.json'), 'utf8')) as {
  readonly generators: Readonly<Record<string, Migration>>;
};

test.each(Object.entries(generators))('%s can be run', async (name, { version, description, implementation }) => {
  expect(name.startsWith(`${version.replaceAll('.', '-')}-`)).toBe(true);
  expect(description).not.toBe('');
  const module = (await import(implementation.replace('./dist/migrations', '.'))) as { readonly default: unknown };
  expect(module.default).toBeTypeOf('function');
});
