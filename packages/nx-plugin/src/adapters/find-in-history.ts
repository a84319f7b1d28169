import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';

/** How many versions of a file are looked at, the newest first. */
const mostVersions = 500;

/** The text that a file once had, by a test of it, from the history of the branch that is checked out; undefined where git does not know it. */
export function findInHistory(file: string, isMeant: (text: string) => boolean): string | undefined {
  const folder = dirname(file);
  const path = `./${file.slice(folder.length + 1)}`;
  const commits =
    git(['log', '--format=%H', `--max-count=${mostVersions}`, '--', path], folder)
      ?.split('\n')
      .filter(Boolean) ?? [];
  for (const commit of commits) {
    const text = git(['show', `${commit}:${path}`], folder);
    if (text !== undefined && isMeant(text)) return text;
  }
  return undefined;
}

/** What git prints; undefined where it is not there, this is no repository, or it does not know what is asked for. */
function git(args: readonly string[], folder: string): string | undefined {
  const run = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, windowsHide: true });
  return run.status === 0 ? run.stdout : undefined;
}
