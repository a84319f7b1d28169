import { dirname } from 'node:path';
import { limitWords } from './limit-words';
import type { ConfinedCommand } from './confined-command';

export interface BubblewrapHost {
  readonly isRoot: boolean;
  /** Of `/bin`, `/lib`, `/lib64`, `/sbin`: those that are links into `/usr`, with their targets; others are shown as folders. */
  readonly links: Readonly<Record<string, string>>;
}

/** Who the command is when we are root: the limit on processes does not hold for root. */
export const NOBODY = 65_534;

const SYSTEM_FILES = ['/etc/ld.so.cache', '/etc/alternatives', '/etc/localtime', '/etc/mime.types'];
const TEMPORARY_BYTES = 512 * 1024 * 1024;

/** The words of the call of `bwrap` that runs the command shut in. A pure function. */
export function bubblewrapWords(command: ConfinedCommand, host: BubblewrapHost): readonly string[] {
  return [
    'bwrap',
    ...['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...(host.isRoot ? [] : ['--unshare-user']),
    ...['--die-with-parent', '--new-session', '--hostname', 'sandbox', '--clearenv'],
    ...Object.entries(command.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...systemWords(host),
    ...['--proc', '/proc', '--dev', '/dev', '--perms', '1777', '--size', String(TEMPORARY_BYTES), '--tmpfs', '/tmp'],
    ...command.readable.flatMap((path) => [...parentWords(path), '--ro-bind', path, path]),
    ...[...parentWords(command.folder), '--bind', command.folder, command.folder, '--chdir', command.folder, '--'],
    ...(host.isRoot ? asNobody() : []),
    ...limitWords(command.limits),
    command.program,
    ...command.arguments,
  ];
}

function systemWords({ links }: BubblewrapHost): readonly string[] {
  const folders = ['/bin', '/lib', '/lib64', '/sbin'].flatMap((path) => {
    const target = links[path];
    return target === undefined ? ['--ro-bind-try', path, path] : ['--symlink', target, path];
  });
  return ['--ro-bind', '/usr', '/usr', ...folders, ...SYSTEM_FILES.flatMap((path) => ['--ro-bind-try', path, path])];
}

/** Folders above what is shown: bubblewrap would make them readable for root alone. */
function parentWords(path: string): readonly string[] {
  const parents: string[] = [];
  for (let parent = dirname(path); parent !== '/' && parent !== '/usr' && parent !== '/tmp'; parent = dirname(parent))
    parents.unshift(parent);
  return parents.flatMap((parent) => ['--perms', '0755', '--dir', parent]);
}

function asNobody(): readonly string[] {
  const id = String(NOBODY);
  return ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups', '--no-new-privs', '--inh-caps=-all', '--bounding-set=-all'];
}
