import { join, posix } from 'node:path';
import { readUserFile } from '../adapters/read-user-file';
import { runUv } from '../adapters/run-uv';
import { UserError } from '../errors/user-error';

/** Locks the folders anew whose lock says another version by now; gives the lock files that changed. Throws `UserError` at the first that fails. */
export function lockFolders(workspaceRoot: string, folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => isRelocked(workspaceRoot, folder)).map((folder) => posix.join(folder, 'uv.lock'));
}

function isRelocked(workspaceRoot: string, folder: string): boolean {
  const place = join(workspaceRoot, folder);
  const before = readUserFile(place, 'uv.lock');
  if (before === undefined) return false;
  const run = runUv(['lock'], place);
  if (run.kind === 'ended' && run.code === 0) return readUserFile(place, 'uv.lock') !== before;
  const reason =
    run.kind === 'ended'
      ? run.output.split(/\r?\n/).slice(-12).join('\n  ')
      : run.kind === 'missing'
        ? 'uv is not on the PATH'
        : run.reason;
  throw new UserError(
    `The versions are written, but ${posix.join(folder, 'uv.lock')} could not be locked anew, and \`uv sync --locked\` would refuse it:\n  ${reason}\n` +
      `What to do: mend that, run \`uv lock\` in ${folder} and commit; or leave locks alone with release.version.versionActionsOptions.skipLockFileUpdate.`,
  );
}
