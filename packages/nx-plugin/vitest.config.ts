import { mkdtempSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const sourceOf = (name: string) => fileURLToPath(new URL(`../${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      '@org/validator/imports': fileURLToPath(new URL('../validator/src/imports.ts', import.meta.url)),
      '@org/validator/verdict': fileURLToPath(new URL('../validator/src/verdict.ts', import.meta.url)),
      '@org/validator': sourceOf('validator'),
      '@org/generator-core/testing': fileURLToPath(new URL('../generator-core/src/testing/index.ts', import.meta.url)),
      '@org/generator-core': sourceOf('generator-core'),
    },
  },
  test: {
    include: ['src/**/*.spec.ts'],
    testTimeout: 60_000,
    // By itself Vitest leaves one processor idle: of two, that is half of the machine.
    maxWorkers: availableParallelism(),
    // What plugins keep between two commands: not that of this repository, and never that of an earlier run.
    env: { NX_WORKSPACE_DATA_DIRECTORY: mkdtempSync(join(tmpdir(), 'fastapi-plugin-data-')), NX_DAEMON: 'false' },
    globalSetup: ['src/testing/remove-plugin-data.ts'],
  },
});
