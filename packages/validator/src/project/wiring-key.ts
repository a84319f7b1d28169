import { readFlowFacts } from '../extract/flow/read-flow-facts';
import type { ModuleSummary } from '../extract/module-summary';
import { rankedText } from '../extract/ranked-text';

/** What load order and wiring can depend on in one file; what functions do is told by `bodiesKey`. */
export function wiringKey(summary: ModuleSummary): string {
  const { imports, symbols, dunderAll, isDynamic, hasModuleGetattr, loadSteps, service } = summary;
  const named = [...symbols.values()].map(({ name, kind, status, origin }) => ({ name, kind, status, origin }));
  return rankedText({ imports, named, dunderAll, isDynamic, hasModuleGetattr, loadSteps, service });
}

/** What the functions of a file do with values. */
export function bodiesKey(summary: ModuleSummary): string {
  return rankedText(readFlowFacts(summary));
}
