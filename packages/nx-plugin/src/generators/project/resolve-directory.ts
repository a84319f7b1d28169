import { isAbsolute, relative, resolve } from 'node:path';
import { normalizePath } from '@nx/devkit';
import { UserError } from '../../errors/user-error';

/** What is made in the folder, in the words of the messages. */
export interface Purpose {
  readonly what: string;
  /** A folder that does. */
  readonly example: string;
  /** The whole command, with that folder. */
  readonly command: string;
}

const service: Purpose = { what: 'service', example: 'apps/shop', command: 'nx g @org/fastapi:project apps/shop --spec shop.yaml' };

/** The folder of the project relative to the workspace root, with `/`. Throws `UserError` for one where no project can be. */
export function resolveDirectory({
  workspaceRoot,
  callerFolder,
  directory,
  purpose: { what, example, command } = service,
}: {
  readonly workspaceRoot: string;
  readonly callerFolder: string;
  readonly directory: string;
  readonly purpose?: Purpose;
}): string {
  const given = normalizePath(directory.trim());
  if (given === '') throw new UserError(`No folder was given for the ${what}. Name one below the workspace root: ${command}`);
  const place = normalizePath(
    relative(workspaceRoot, resolve(workspaceRoot, startsWithFolder(given, callerFolder) ? '' : callerFolder, given)),
  );
  if (place === '')
    throw new UserError(
      `"${directory}" is the root of the workspace, and a ${what} needs a folder of its own. Name one below it, such as ${example}.`,
    );
  if (isAbsolute(place) || place === '..' || place.startsWith('../')) {
    throw new UserError(`"${directory}" is outside of the workspace, where Nx writes nothing. Name a folder in it, such as ${example}.`);
  }
  assertPlainName(place, what);
  return place;
}

/** As other Nx generators have it: below `apps`, both `shop` and `apps/shop` mean `apps/shop`. */
function startsWithFolder(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function assertPlainName(place: string, what: string): void {
  const wrong = place.split('/').find((part) => !/^[A-Za-z0-9_@][A-Za-z0-9._@-]*$/.test(part));
  if (wrong === undefined) return;
  throw new UserError(
    `"${wrong}" in "${place}" does not do as the name of a ${what}'s folder, because globs and command lines would read it as something else. ` +
      'Use letters, digits, "-", "_" and ".", a letter or digit first: apps/my-shop.',
  );
}
