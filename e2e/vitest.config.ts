import { defineConfig } from 'vitest/config';

/** One file at a time: they share a workspace, and each of them keeps the processors busy alone. */
export default defineConfig({
  cacheDir: '../node_modules/.vite/e2e',
  test: {
    include: ['src/**/*.e2e.ts'],
    globalSetup: ['src/set-up/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
