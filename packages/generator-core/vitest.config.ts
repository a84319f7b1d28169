import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@org/validator': fileURLToPath(new URL('../validator/src/index.ts', import.meta.url)) } },
  test: {
    include: ['src/**/*.spec.ts', 'test/**/*.spec.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // By itself Vitest leaves one processor idle: of two, that is half of the machine.
    maxWorkers: availableParallelism(),
    // Modules are loaded once for each worker, not for each file: no test leaves anything behind in them.
    isolate: false,
  },
});
