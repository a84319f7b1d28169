import { verbs, type ServiceSpec } from '../../spec/service-spec';
import { entityRouteAccess } from './entity-route-view';

/** Whether some route answers with and without a token, and differently. */
export function usesOptionalToken(spec: ServiceSpec): boolean {
  if (spec.auth === undefined) return false;
  return (
    spec.operations.some((operation) => operation.access.some((word) => word.kind === 'public')) ||
    spec.entities.some((entity) => verbs.some((verb) => entityRouteAccess({ spec, entity, verb })?.kind === 'optional'))
  );
}
