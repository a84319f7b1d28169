import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder';

const repository = join(__dirname, '../../../../..');

/** The folders that a process of its own loads code from to validate `apps/shop`. */
function loadedFolders(workspaceRoot: string): readonly string[] {
  const script = join(__dirname, '../../testing/list-loaded-folders.ts');
  const args = ['--tsconfig', join(repository, 'tsconfig.spec.json'), script, workspaceRoot, 'apps/shop'];
  const environment = { ...process.env, NX_CACHE_DIRECTORY: '' };
  return JSON.parse(execFileSync(join(repository, 'node_modules/.bin/tsx'), args, { encoding: 'utf8', env: environment }));
}

test('a run that replays loads nothing that judges: no parser, no ruff, no rules, no generator, no Nx', () => {
  const workspaceRoot = temporaryFolder({ 'apps/shop/shop.py': 'print(nothing)\n' });
  expect(loadedFolders(workspaceRoot)).toEqual(expect.arrayContaining(['packages/validator/src/parse', 'packages/validator/src/rules']));
  expect(loadedFolders(workspaceRoot)).toEqual([
    'packages/nx-plugin/src',
    'packages/nx-plugin/src/adapters',
    'packages/nx-plugin/src/adapters/transaction',
    'packages/nx-plugin/src/errors',
    'packages/nx-plugin/src/executors/validate',
    'packages/nx-plugin/src/testing',
    'packages/validator/src',
    'packages/validator/src/cache',
    'packages/validator/src/python',
    'packages/validator/src/system',
  ]);
});
