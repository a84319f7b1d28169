import type { DefinitionIndex } from './definition-index';
import type { ServiceModel } from './service-model';

/** Those that routes hang on; the same list as long as they are the same. */
export function ownersWithRoutes({ routesOf }: ServiceModel, { memo }: DefinitionIndex): readonly string[] {
  return memo.derive('owners with routes', [routesOf], () => memo.keepList('owners with routes', [...routesOf.keys()]));
}
