import { expect, test } from 'vitest';
import { UserError } from '../../errors/user-error';
import { resolveDirectory } from './resolve-directory';

const resolve = (directory: string, callerFolder = '') => resolveDirectory({ workspaceRoot: '/ws', callerFolder, directory });

test.each([
  ['apps/shop', '', 'apps/shop'],
  ['./apps//shop/', '', 'apps/shop'],
  ['apps\\shop', '', 'apps/shop'],
  ['/ws/apps/shop', '', 'apps/shop'],
  ['shop', 'apps', 'apps/shop'],
  ['apps/shop', 'apps', 'apps/shop'],
  ['../libs/shop', 'apps', 'libs/shop'],
])('%s from "%s" is %s', (directory, callerFolder, place) => {
  expect(resolve(directory, callerFolder)).toBe(place);
});

test.each([
  ['', 'No folder was given for the service. Name one below the workspace root: nx g @org/fastapi:project apps/shop --spec shop.yaml'],
  ['.', '"." is the root of the workspace, and a service needs a folder of its own. Name one below it, such as apps/shop.'],
  ['../shop', '"../shop" is outside of the workspace, where Nx writes nothing. Name a folder in it, such as apps/shop.'],
  ['/tmp/shop', '"/tmp/shop" is outside of the workspace, where Nx writes nothing. Name a folder in it, such as apps/shop.'],
  [
    'apps/my shop',
    '"my shop" in "apps/my shop" does not do as the name of a service\'s folder, because globs and command lines would read it as something else. ' +
      'Use letters, digits, "-", "_" and ".", a letter or digit first: apps/my-shop.',
  ],
])('%j is refused', (directory, message) => {
  expect(() => resolve(directory)).toThrow(new UserError(message));
});
