import type { ConfinementLimits } from '../sandbox/confined-command';

/** What the checks of a service need, with room: the bookstore's tests take 10 s and 200 MB, mypy 20 s and 400 MB. */
export const trialLimits: ConfinementLimits = {
  wallMilliseconds: 600_000,
  cpuSeconds: 600,
  memoryBytes: 4 * 1024 ** 3,
  processes: 512,
  fileBytes: 256 * 1024 ** 2,
  outputBytes: 32 * 1024 ** 2,
};
