import type { ConfinementLimits } from './confined-command';

/** The words of a call of `prlimit` to put before a command. */
export function limitWords({ cpuSeconds, memoryBytes, processes, fileBytes }: ConfinementLimits): readonly string[] {
  return ['prlimit', `--cpu=${cpuSeconds}`, `--as=${memoryBytes}`, `--nproc=${processes}`, `--fsize=${fileBytes}`, '--core=0'];
}
