import { afterEach, expect, test, vi } from 'vitest';
import { findCacheFolder } from './find-cache-folder';

afterEach(() => vi.unstubAllEnvs());

const folderOf = (environment: string, nxJsonConfiguration: Parameters<typeof findCacheFolder>[0]['nxJsonConfiguration'] = {}) => {
  vi.stubEnv('NX_CACHE_DIRECTORY', environment);
  return findCacheFolder({ root: '/home/ann', nxJsonConfiguration });
};

test('the checkout has its own, unless the user names another folder: the environment before nx.json', () => {
  expect([
    folderOf(''),
    folderOf('', { cacheDirectory: 'kept' }),
    folderOf('', { tasksRunnerOptions: { default: { options: { cacheDirectory: 'old' } } } }),
    folderOf('here', { cacheDirectory: 'kept' }),
    folderOf('/elsewhere'),
  ]).toEqual([
    '/home/ann/.nx/cache/fastapi-validate',
    '/home/ann/kept/fastapi-validate',
    '/home/ann/old/fastapi-validate',
    '/home/ann/here/fastapi-validate',
    '/elsewhere/fastapi-validate',
  ]);
});
