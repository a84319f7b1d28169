import { limitWords } from './limit-words';
import type { ConfinedCommand } from './confined-command';

/** The words of the weaker way: namespaces without a file system of its own. A pure function. */
export function unshareWords(command: ConfinedCommand): readonly string[] {
  return [
    ...['unshare', '--user', '--map-root-user', '--pid', '--fork', '--net', '--ipc', '--mount-proc', '--kill-child', '--'],
    ...limitWords(command.limits),
    ...['env', '--ignore-environment', `--chdir=${command.folder}`],
    ...Object.entries(command.environment).map(([name, value]) => `${name}=${value}`),
    command.program,
    ...command.arguments,
  ];
}
