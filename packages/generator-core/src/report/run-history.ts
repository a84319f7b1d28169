import { z } from 'zod';
import { phases, type Phase } from '../plan/artifact';
import type { ModelReport, PhaseFailures } from './model-report';

/** What earlier runs of a workspace came to, over all its services. */
export interface RunHistory {
  readonly phases: Readonly<Partial<Record<Phase, NonNullable<PhaseFailures['earlier']>>>>;
}

export const emptyHistory: RunHistory = { phases: {} };

const counts = z.object({ asked: z.number(), notAtOnce: z.number(), flagged: z.number() });
const entrySchema = z.object({ phases: z.partialRecord(z.enum(phases), counts) });

/** Adds up the lines of a history file. A line that cannot be read counts for nothing. */
export function readHistory(text: string): RunHistory {
  const sums: { -readonly [Key in Phase]?: { runs: number; asked: number; notAtOnce: number; flagged: number } } = {};
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    for (const [phase, run] of Object.entries(parseEntry(line))) {
      const sum = (sums[phase as Phase] ??= { runs: 0, asked: 0, notAtOnce: 0, flagged: 0 });
      sum.runs += 1;
      sum.asked += run.asked;
      sum.notAtOnce += run.notAtOnce;
      sum.flagged += run.flagged;
    }
  }
  return { phases: sums };
}

/** The line that a run adds. A run that took everything from its journal says nothing new. */
export function historyLine(report: ModelReport): string {
  if (report.spent.calls === 0) return '';
  const entries = report.phases.map(({ phase, asked, notAtOnce, flagged }) => [phase, { asked, notAtOnce, flagged }]);
  return `${JSON.stringify({ model: report.model, phases: Object.fromEntries(entries) })}\n`;
}

function parseEntry(line: string): z.infer<typeof entrySchema>['phases'] {
  try {
    return entrySchema.parse(JSON.parse(line)).phases;
  } catch {
    return {};
  }
}
