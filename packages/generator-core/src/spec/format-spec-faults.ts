import type { SpecFault } from './spec-fault';

/** What people read in the terminal: a block for each fault with what to do about it, and how many there are. */
export function formatSpecFaults(faults: readonly SpecFault[], path: string): string {
  const blocks = faults.map(
    ({ line, column, place, message, mend }) => `${path}:${line}:${column}  ${place === '' ? '' : `${place}: `}${message}\n    ${mend}`,
  );
  return [...blocks, faults.length === 1 ? '1 fault in the spec.' : `${faults.length} faults in the spec.`].join('\n');
}
