import type { ServiceSpec } from '../../spec/service-spec';
import { entityRouteView } from './entity-route-view';

/** Whether some route answers with and without a token, and differently. */
export function usesOptionalToken(spec: ServiceSpec): boolean {
  if (spec.auth === undefined) return false;
  const verbs = ['list', 'create', 'read', 'update', 'delete'] as const;
  return (
    spec.operations.some((operation) => operation.access.some((word) => word.kind === 'public')) ||
    spec.entities.some((entity) => verbs.some((verb) => entityRouteView({ spec, entity, verb })?.optionalToken === true))
  );
}
