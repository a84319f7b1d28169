import type { FactCollector } from './fact-collector';
import type { FilelessModules } from './module-summary';

export function findFileless({ makesModules, changesPath, moduleScope }: FactCollector): FilelessModules {
  if (makesModules) return 'any';
  return changesPath || moduleScope.names.has('__path__') ? 'beside' : 'none';
}
