import type { SpecPath } from './spec-path';
import type { SpecFault } from './spec-fault';

/** A fault before its line and column are known. */
export interface FaultDraft {
  readonly at: SpecPath;
  /** Point at the key rather than the value. */
  readonly on?: 'key' | 'value';
  /** Characters into the string that stands at `at`. */
  readonly offset?: number;
  readonly code: string;
  readonly message: string;
  readonly mend: string;
}

export type ReportFault = (draft: FaultDraft) => void;

/** Faults by place in the file; the same fault twice (a value reached through a YAML alias) is one. */
export function sortFaults(faults: readonly SpecFault[]): readonly SpecFault[] {
  const single = new Map(faults.map((fault) => [JSON.stringify([fault.line, fault.column, fault.code, fault.message]), fault]));
  return [...single.values()].sort(
    (left, right) => left.line - right.line || left.column - right.column || compareText(left.code, right.code),
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
