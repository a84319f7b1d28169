import type { FlowFacts } from '../extract/flow/flow-facts';
import { readFlowFacts } from '../extract/flow/read-flow-facts';
import { isSameButForPlaces } from '../extract/is-same-but-for-places';
import type { ModuleSummary } from '../extract/module-summary';

/** Whether load order and wiring come out the same with either, apart from what functions do. */
export function isWiredAlike(before: ModuleSummary, after: ModuleSummary): boolean {
  return isSameButForPlaces(wiringFacts(before), wiringFacts(after));
}

/** Whether the functions of a file do the same with values. */
export function hasSameBodies(before: ModuleSummary, after: ModuleSummary): boolean {
  const [left, right]: readonly FlowFacts[] = [readFlowFacts(before), readFlowFacts(after)];
  return isSameButForPlaces(left, right);
}

function wiringFacts({ imports, symbols, dunderAll, isDynamic, hasModuleGetattr, loadSteps, service }: ModuleSummary): unknown {
  const named = [...symbols.values()].map(({ name, kind, status, origin }) => ({ name, kind, status, origin }));
  return { imports, named, dunderAll, isDynamic, hasModuleGetattr, loadSteps, service };
}
