import { UserError } from '../../errors/user-error';
import type { Generated } from './run-core';

/** Files are flagged, so the command fails after all is written: nobody shall overlook it. Throws `UserError`. */
export function refuseFlags({ modelReport, report }: Generated): void {
  const flags = modelReport?.flags ?? [];
  if (flags.length === 0) return;
  throw new UserError(
    [
      `${report.service} is written and works, but ${flags.length === 1 ? 'a file is' : `${flags.length} files are`} flagged:`,
      ...flags.map(({ path, why }) => `  ${path}: ${why.split('\n')[0]!}`),
      'What to do: look at them; run the same command again for another try at them (the others are not paid for again), write them by hand, or accept them with --accept-flagged.',
    ].join('\n'),
  );
}
