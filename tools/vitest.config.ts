import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: '../node_modules/.vite/tools',
  test: { include: ['**/*.spec.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
