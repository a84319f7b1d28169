import { defineConfig } from 'vitest/config';
import { workerCount } from './src/set-up/worker-count';

/** As many files at a time as there are workspaces: the commands in them mostly keep one processor busy. */
export default defineConfig({
  cacheDir: '../node_modules/.vite/e2e',
  test: {
    include: ['src/**/*.e2e.ts'],
    globalSetup: ['src/set-up/global-setup.ts'],
    setupFiles: ['src/set-up/fresh-workspace.ts'],
    maxWorkers: workerCount,
    testTimeout: 300_000,
    hookTimeout: 600_000,
    // Whole services are installed, served and killed here, on machines that others use, too. What needs a second try is named at the end.
    retry: 1,
  },
});
