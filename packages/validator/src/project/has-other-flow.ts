import { hasReadFlowFacts, readFlowFacts } from '../extract/flow/read-flow-facts';
import type { ModuleSummary } from '../extract/module-summary';

const PLACES: ReadonlySet<string> = new Set(['start', 'end', 'offset', 'span', 'nameSpan']);

/** Whether values move otherwise in a file that request data was followed through; where none came, none comes by this change alone. */
export function hasOtherFlow(before: ModuleSummary, after: ModuleSummary): boolean {
  return hasReadFlowFacts(before) && keyOf(before) !== keyOf(after);
}

function keyOf(summary: ModuleSummary): string {
  return JSON.stringify(readFlowFacts(summary), (key, value: unknown) => (PLACES.has(key) ? undefined : value));
}
