import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import type { BubblewrapHost } from './bubblewrap-words';
import type { ConfinementLevel } from './confined-command';

export interface Confinement {
  readonly level: ConfinementLevel;
  readonly host: BubblewrapHost;
  /** Why it is not `bubblewrap`, and what to do; undefined when it is. */
  readonly weakness: string | undefined;
}

/** Tries what this machine can do, best first, by running a command that does nothing. */
export function findConfinement(): Confinement {
  const host: BubblewrapHost = { isRoot: process.getuid?.() === 0, links: systemLinks() };
  if (works(['bwrap', '--unshare-pid', '--unshare-net', '--ro-bind', '/', '/', 'true']) && works(['prlimit', '--core=0', 'true'])) {
    return { level: 'bubblewrap', host, weakness: undefined };
  }
  const mend = 'Install bubblewrap (apt-get install bubblewrap) and let the user make namespaces.';
  if (works(['unshare', '--user', '--map-root-user', '--pid', '--fork', '--net', '--mount-proc', 'prlimit', '--core=0', 'true'])) {
    return { level: 'unshare', host, weakness: `Without bubblewrap, tests of generated code can read and write your files. ${mend}` };
  }
  return { level: 'none', host, weakness: `Neither bubblewrap nor unshare works here, so generated code is not run. ${mend}` };
}

function works([program, ...words]: readonly string[]): boolean {
  return spawnSync(program!, words, { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

function systemLinks(): Readonly<Record<string, string>> {
  const links: Record<string, string> = {};
  for (const path of ['/bin', '/lib', '/lib64', '/sbin']) {
    try {
      links[path] = readlinkSync(path);
    } catch {
      // A folder, or nothing: it is shown as it is.
    }
  }
  return links;
}
