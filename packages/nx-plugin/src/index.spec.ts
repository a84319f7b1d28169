import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** Prints what the plugin loads beyond the files of Nx that every process with plugins has. */
const script = `
  require('nx/src/utils/cache-directory');
  require('nx/src/utils/plugin-cache-utils');
  const before = new Set(Object.keys(require.cache));
  require('./src/index.ts');
  console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));
`;

test('every Nx command loads the plugin: nothing but its graph code, no devkit, validator, core, parser or reader of TOML', () => {
  const folder = join(__dirname, '..');
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '-e', script], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  const loaded = (JSON.parse(stdout) as readonly string[]).map((file) => relative(folder, file).replaceAll('\\', '/'));
  expect(loaded).toContain('src/plugins/create-nodes.ts');
  expect(
    loaded.filter(
      (file) =>
        !/^src\/(plugins\/(dependencies\/)?[^/]+|executors\/validate\/output-files|index|nx-plugin-cache|plugin-version)\.ts$/.test(file),
    ),
  ).toEqual([]);
});
