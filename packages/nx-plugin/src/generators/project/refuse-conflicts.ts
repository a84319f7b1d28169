import { UserError } from '../../errors/user-error';
import type { Generated } from './run-core';

/** Files are in conflict, so the command fails after all else is written: nobody shall overlook it. The report has said the rest. Throws `UserError`. */
export function refuseConflicts({ conflicts, report }: Generated, again: string): void {
  if (conflicts.length === 0) return;
  throw new UserError(
    [
      `${report.service} is written, but ${conflicts.length === 1 ? 'a file is' : `${conflicts.length} files are`} in conflict:`,
      ...conflicts.map(({ path, isBeside }) => `  ${path}${isBeside ? `, with ${path}.merge beside it` : ''}`),
      `What to do: settle them as said above, then run: ${again}`,
    ].join('\n'),
  );
}
