import { parsePython } from '../../parse/parse-python';
import type { ModuleSummary } from '../module-summary';
import { collectFlowFacts } from './collect-flow-facts';
import type { FlowFacts } from './flow-facts';

const NONE: FlowFacts = { functions: [], classes: [] };

const read = new WeakMap<ModuleSummary, FlowFacts>();

/**
 * How values move in a file, read when it is first asked for and kept as long as its summary: only files
 * that request data can reach are asked, and those are few.
 */
export function readFlowFacts(summary: ModuleSummary): FlowFacts {
  const known = read.get(summary);
  if (known !== undefined) return known;
  const facts = summary.service === undefined ? NONE : (collectFlowFacts(parsePython(summary.text), summary) ?? NONE);
  read.set(summary, facts);
  return facts;
}
